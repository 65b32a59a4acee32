import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { z } from 'zod';

import { readYaml } from '../../src/course/yaml-file.ts';
import { kitRoot } from '../../src/course/places.ts';

const editSchema = z.strictObject({ file: z.string(), from: z.string().min(1), to: z.string() });
const defencesSchema = z.record(
  z.string(),
  z.strictObject({
    /** The attack that comes through without it, as `class/name`. */
    attack: z.string(),
    /** What is taken out with it, because it would stop the attack as well. */
    with: z.string().optional(),
    /** `root` where it is needed for a grader alone that is root. */
    user: z.literal('root').optional(),
    edits: z.array(editSchema).min(1),
  }),
);

export type Defence = z.infer<typeof defencesSchema>[string];

/** The defences of test/attacks/defences.yaml by their names. */
export const defences = readYaml(join(kitRoot, 'test/attacks/defences.yaml'), defencesSchema);

/** The trial at start notices some holes itself, and the attack would not be run. */
const trialIsIgnored = { file: 'src/box/isolation.ts', from: 'return reached.length === 0 ? undefined', to: 'return true ? undefined' };

/** A copy of the kit in which a defence can be taken out and put back. */
export class SpoiledKit {
  readonly #root = mkdtempSync(join(tmpdir(), 'unroll-spoiled-'));

  constructor() {
    const left = new Set(['node_modules', '.git', 'reports', '.unroll']);
    cpSync(kitRoot, this.#root, { recursive: true, filter: (path) => !left.has(relative(kitRoot, path)) });
    symlinkSync(join(kitRoot, 'node_modules'), join(this.#root, 'node_modules'));
    this.#edit(trialIsIgnored);
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** What `unroll audit` finds of an attack on the kit as it is after these edits: `as-expected`, `unexpected`, ... */
  async stateOf(attack: string, edits: Defence['edits']): Promise<{ state: string; seen: string }> {
    const before = new Map(edits.map(({ file }) => [file, readFileSync(join(this.#root, file), 'utf8')]));
    try {
      for (const edit of edits) this.#edit(edit);
      return await this.#audit(attack);
    } finally {
      for (const [file, text] of before) writeFileSync(join(this.#root, file), text);
    }
  }

  #edit({ file, from, to }: Defence['edits'][number]): void {
    const path = join(this.#root, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) throw new Error(`${file} holds ${text.split(from).length - 1} times and not once: ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }

  #audit(attack: string): Promise<{ state: string; seen: string }> {
    const words = ['src/cli/unroll.js', 'audit', '--only', attack, '--json'];
    return new Promise((resolve, reject) => {
      execFile(process.execPath, words, { cwd: this.#root, maxBuffer: 2 ** 26 /* bytes */ }, (_error, stdout, stderr) => {
        const found = auditSchema.safeParse(parseJson(stdout));
        if (!found.success) return reject(new Error(`the audit did not end: ${stderr.slice(-2000)}`));
        const [row] = found.data.rows;
        const left = found.data.left.length > 0;
        for (const [, pid] of found.data.left.join('\n').matchAll(/^the process (\d+)/gm)) process.kill(Number(pid), 'SIGKILL'); // left by the attack, for want of the defence
        resolve({
          state: left ? 'unexpected' : (row?.state ?? 'none'),
          seen: [row?.ended, ...(row?.problems ?? []), ...found.data.left].join('; '),
        });
      });
    });
  }
}

const auditSchema = z.object({
  rows: z.array(z.object({ state: z.string(), ended: z.string(), problems: z.array(z.string()) })),
  left: z.array(z.string()),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // what it printed instead is told by the caller
  }
}
