import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import xterm from '@xterm/headless';

import { readCourse } from '../../src/course/course.ts';
import { kitRoot, solutionPaths, stubPaths } from '../../src/course/places.ts';
import { chooseExercises } from '../../src/course/select.ts';
import { runUnroll, type Run } from './command-line.ts';

/** A learner's copy of the course, in a folder of its own. */
export class LearnersCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'unroll-learner-'));

  constructor() {
    const left = new Set(['node_modules', '.git', 'reports/out', '.unroll', 'test', 'progress.yaml']);
    cpSync(kitRoot, this.root, { recursive: true, filter: (path) => !left.has(relative(kitRoot, path)) });
    symlinkSync(join(kitRoot, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** The learner's first file of an exercise. */
  path(id: string): string {
    return join(this.root, relative(kitRoot, stubPaths(exerciseOf(id))[0] as string));
  }

  read(id: string): string {
    return readFileSync(this.path(id), 'utf8');
  }

  save(id: string, text: string): void {
    writeFileSync(this.path(id), text);
  }

  /** Runs the copy's own command line. */
  unroll(...words: readonly string[]): Promise<Run> {
    return runUnroll(this.root, words, this.root);
  }

  /** The same with these lines on its input. */
  unrollWith(input: readonly string[], ...words: readonly string[]): Promise<Run> {
    return runUnroll(this.root, words, this.root, input.map((line) => `${line}\n`).join(''));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const exerciseOf = (id: string) => chooseExercises(readCourse(), [id])[0] as ReturnType<typeof readCourse>['exercises'][number];

/** The kit's own solution of an exercise. */
export const readSolutionText = (id: string): string => readFileSync(solutionPaths(exerciseOf(id))[0] as string, 'utf8');

/** The command line of a copy in a terminal of its own, as a person has it: what is on the screen can be read, and keys typed. */
export class Terminal {
  readonly #screen: xterm.Terminal;
  readonly #child: ChildProcess;
  readonly ended: Promise<void>;

  constructor(root: string, words: readonly string[], { columns = 80, rows = 24, environment = {} } = {}) {
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    const command = `stty cols ${columns} rows ${rows}; exec ${process.execPath} src/cli/unroll.js ${words.join(' ')}`;
    const { CI: _inCi, ...inherited } = process.env; // a screen is drawn for people, not in CI
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd: root,
      env: { ...inherited, TERM: 'xterm-256color', ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    this.#child.stdout?.on('data', (bytes: Buffer) => this.#screen.write(bytes));
    this.ended = new Promise((resolve) => this.#child.once('exit', () => resolve()));
  }

  /** The lines that are to be seen now. */
  get lines(): string[] {
    const { active } = this.#screen.buffer;
    return Array.from({ length: this.#screen.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '');
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** Waits until the screen shows it; throws with the screen where it does not. Answers the milliseconds it took. */
  async until(shown: RegExp, limitMs = 60_000): Promise<number> {
    const start = performance.now();
    while (!shown.test(this.text)) {
      if (performance.now() - start > limitMs) throw new Error(`${String(shown)} is not on the screen after ${limitMs} ms:\n${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return performance.now() - start;
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** As a power cut: nothing of it may end by itself. */
  kill(): void {
    if (this.#child.signalCode !== null) return;
    if (this.#child.exitCode === null && this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
  }
}
