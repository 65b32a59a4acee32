import { execFile, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One error of the TypeScript compiler in a learner's file. */
export interface TypeError {
  readonly file: string;
  readonly line: number;
  /** The line itself. */
  readonly text: string;
  readonly message: string;
}

const compiler = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), 'bin/tsc');
const report = /^(.+)\((\d+),\d+\): error TS(\d+): (.+)$/;
/** Codes of what is left unused: nobody has finished a line while it is being written. */
const unfinished = new Set(['6133', '6138', '6192', '6196', '6198', '6199']);

/** The TypeScript compiler beside the checks, never before them: it looks at the learner's files alone, after the verdict. */
export class TypeChecker {
  readonly #root: string;
  #running: ChildProcess | undefined;
  #asked = 0;

  /** `root`: the folder of the course, whose exercises/tsconfig.json says how strict to be. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Errors in these files, by absolute path; an earlier asking that still runs is ended and finds nothing. */
  async check(paths: readonly string[]): Promise<readonly TypeError[]> {
    this.close();
    const mine = ++this.#asked;
    const folder = join(this.#root, '.unroll');
    await mkdir(folder, { recursive: true });
    const config = join(folder, 'tsconfig.json');
    const files = paths.map((path) => relative(folder, path));
    await writeFile(config, JSON.stringify({ extends: '../exercises/tsconfig.json', include: [], files }));
    if (mine !== this.#asked) return [];
    const said = await this.#run(['-p', config, '--noEmit', '--pretty', 'false']);
    const texts = new Map(
      await Promise.all(paths.map(async (path) => [basename(path), (await readFile(path, 'utf8')).split(/\r?\n/)] as const)),
    );
    return said.split(/\r?\n/).flatMap((line) => {
      const [, path = '', at = '', code = '', message = ''] = report.exec(line) ?? [];
      const file = basename(path);
      if (!texts.has(file) || unfinished.has(code)) return [];
      return [{ file, line: Number(at), text: texts.get(file)?.[Number(at) - 1] ?? '', message }];
    });
  }

  /** What the compiler prints: its exit code tells only whether there are errors. */
  #run(words: readonly string[]): Promise<string> {
    return new Promise((resolve) => {
      this.#running = execFile(
        process.execPath,
        [compiler, ...words],
        { cwd: this.#root, maxBuffer: 2 ** 24 /* bytes */ },
        (_error, stdout) => resolve(stdout),
      );
    });
  }

  close(): void {
    this.#running?.kill('SIGKILL');
    this.#running = undefined;
  }
}
