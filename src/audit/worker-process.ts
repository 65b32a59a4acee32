import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { Trial } from './trial.ts';
import type { Said } from './worker.ts';

const typescript = new URL('../typescript.js', import.meta.url).href;
const longestTrialMs = 240_000; // an attack whose every check runs into its limit takes 30 s, a race on a busy machine two minutes
const startMs = 60_000; // a Grader starts in a second and grades the honest student twice in three

/** One worker's process, seen from outside. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  #words = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#words = `${this.#words}${text}`.slice(-2000 /* characters */)));
  }

  /** Starts one; its Grader is ready once the promise settles. */
  static start(words: readonly string[], variables: NodeJS.ProcessEnv): { worker: Promise<WorkerProcess>; pid: number } {
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), words, {
      execArgv: ['--import', typescript, '--expose-gc'],
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return { worker: new WorkerProcess(child).#ready(), pid: child.pid ?? 0 };
  }

  async #ready(): Promise<this> {
    const said = await this.#next(startMs);
    if (typeof said !== 'string') return this;
    this.#child.kill('SIGKILL');
    throw new Error(`the audit's worker did not start: ${said}`);
  }

  get isAlive(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async try(id: string): Promise<Trial> {
    this.#child.send(id);
    const said = await this.#next(longestTrialMs);
    if (typeof said !== 'string' && said.kind === 'trial') return said.trial;
    this.#child.kill('SIGKILL');
    return { ended: 'no result', problems: [`the judge ${typeof said === 'string' ? said : 'closed'}`] };
  }

  async close(): Promise<void> {
    this.#child.send(''); // no attack is called that
    const said = await this.#next(longestTrialMs);
    this.#child.kill('SIGKILL');
    if (typeof said === 'string') throw new Error(`the audit's worker did not end: ${said}`);
  }

  /** Ends it at once; its boxes end with it. */
  kill(): void {
    this.#child.kill('SIGKILL');
    this.#child.disconnect();
  }

  /** What it says next, or as a text how it came to say nothing. */
  #next(limitMs: number): Promise<Said | string> {
    return new Promise((resolve) => {
      const finish = (said: Said | string) => {
        clearTimeout(timer);
        this.#child.removeAllListeners('message').removeAllListeners('exit');
        resolve(said);
      };
      const timer = setTimeout(() => finish(`said nothing for ${limitMs / 1000} s`), limitMs);
      this.#child.once('message', (said) => finish(said as Said));
      this.#child.once('exit', (code, signal) =>
        finish(`ended with ${signal ?? `code ${code}`}: ${this.#words.trim().split('\n').at(-1) ?? ''}`),
      );
    });
  }
}
