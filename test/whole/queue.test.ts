import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { kitRoot } from '../../src/course/places.ts';
import { openServer } from '../../src/queue/server.ts';
import { gradebookSchema } from '../../src/result/result.ts';
import { onWasm } from '../support/command-line.ts';
import { needs } from '../support/needs.ts';
import { serverKinds, startServer } from '../support/servers.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-queue-'));
const classFolder = join(folder, 'class');
const otherKit = join(folder, 'other-kit');
const secret = join(folder, 'secret.txt');
const workerKey = join(folder, 'worker-key.txt');
const running = new Set<Running>();
afterAll(async () => {
  for (const one of running) await one.end('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** The kit's command line as a process of its own. */
class Running {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  stdout = '';
  stderr = '';

  constructor(words: readonly string[], kit = kitRoot) {
    this.#process = spawn(process.execPath, [join(kit, 'src/cli/unroll.js'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stdout?.on('data', (text: Buffer) => (this.stdout += text.toString()));
    this.#process.stderr?.on('data', (text: Buffer) => (this.stderr += text.toString()));
    this.#ended = once(this.#process, 'close');
    running.add(this);
  }

  /** Its exit code, and what it said where there is none. */
  async code(): Promise<number | null> {
    await this.#ended;
    running.delete(this);
    return this.#process.exitCode;
  }

  async says(words: RegExp): Promise<void> {
    while (!words.test(this.stderr)) {
      if (this.#process.exitCode !== null) throw new Error(`it ended without saying ${words}: ${this.stderr}`);
      await delay(20);
    }
  }

  end(signal: NodeJS.Signals): Promise<number | null> {
    this.#process.kill(signal);
    return this.code();
  }
}

const grade = (out: string, ...more: string[]) =>
  new Running([
    ...['cohort', 'grade', classFolder, '--trust-submissions', '--only', '00,07', ...onWasm, '--no-races'],
    ...['--secret', secret, '--out', join(folder, out), ...more],
  ]);
const work = (url: string, kit = kitRoot) =>
  new Running(['worker', '--queue', url, '--device', 'wasm', '--jobs', '1', '--key', workerKey, '--trust-submissions'], kit);

/** A gradebook without its times, and without the seals over them. */
function readBook(out: string): unknown {
  const book = gradebookSchema.parse(JSON.parse(readFileSync(join(folder, out, 'gradebook.json'), 'utf8')));
  const left = new Set(['durationMs', 'startedAt', 'seal']);
  return JSON.parse(JSON.stringify(book, (key, value: unknown) => (left.has(key) ? undefined : value)));
}

/** Three students with six different pieces of work; the same class graded without a queue; a kit that is not this one. */
beforeAll(async () => {
  const exercises = ['00-warm-up', '07-gru'];
  for (const [at, name] of ['ada', 'bo', 'cy'].entries())
    for (const id of exercises) {
      const home = join(classFolder, name, id);
      cpSync(
        join(kitRoot, name === 'cy' && id === '07-gru' ? 'exercises' : 'solutions', id, `${id.slice(3)}.ts`),
        join(home, `${id.slice(3)}.ts`),
      );
      appendFileSync(join(home, `${id.slice(3)}.ts`), `\n// the ${at + 1}th\n`);
    }
  for (const name of ['src', 'exercises', 'solutions', 'course.yaml', 'package.json'])
    cpSync(join(kitRoot, name), join(otherKit, name), { recursive: true });
  symlinkSync(join(kitRoot, 'node_modules'), join(otherKit, 'node_modules'));
  appendFileSync(join(otherKit, 'src/version.ts'), '// of another version\n');
  await new Running(['cohort', 'secret', secret]).code();
  const key = new Running(['cohort', 'worker-key', '--secret', secret]);
  await key.code();
  writeFileSync(workerKey, key.stdout);
  await grade('whole', '--jobs', '2').code();
}, 120_000 /* ms: a busy machine */);

test.for(serverKinds)(
  'on %s: workers, graders and the server killed in the midst of it, and a worker of another kit, change nothing in the gradebook',
  { timeout: 300_000 /* ms: a busy machine */ },
  async (kind, context) => {
    await needs(context, kind);
    const machine = await startServer(kind);
    const { url } = machine;
    const server = await openServer(url, () => undefined);
    const countAnswers = async (least: number) => {
      for (;;) {
        const answers = await server.shelf.list('answer/');
        if (answers.size >= least) return [...answers.values()].map((bytes) => bytes.toString('latin1'));
        await delay(20);
      }
    };
    try {
      const odd = work(url, otherKit);
      await odd.says(/answers for wasm/);
      const killed = grade(kind, '--queue', url);
      await killed.says(/no worker answers for wasm: start `npx unroll worker --queue .+ --device wasm`.+ has another kit/);
      await odd.says(new RegExp(`nothing to do for this worker: the grader on ${hostname()} asks for another kit`));

      const first = work(url);
      const answers = await countAnswers(1);
      await Promise.all([first.end('SIGKILL'), killed.end('SIGKILL')]); // in the midst of the next one
      expect(answers.filter((text) => text.includes('07-gru') || text.includes('00-warm-up'))).toEqual([]); // the server is told nothing

      const grading = [grade(kind, '--queue', url), grade(`${kind}-twice`, '--queue', url)]; // two graders ask the same
      const workers = [work(url), work(url)];
      await countAnswers(3);
      await machine.kill();
      await grading[0]!.says(/does not answer .*; waiting until it does/);
      await machine.start();
      expect(await Promise.all(grading.map((one) => one.code()))).toEqual([0, 0]);
      expect(await Promise.all([...workers, odd].map((one) => one.end('SIGINT')))).toEqual([0, 0, 0]);
    } finally {
      await server.close();
      for (const one of running) await one.end('SIGKILL');
      await machine.remove();
    }
    expect(readBook(kind)).toEqual(readBook('whole'));
    expect(readBook(`${kind}-twice`)).toEqual(readBook('whole'));
  },
);
