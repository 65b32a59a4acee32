import type { Writable } from 'node:stream';
import { BroadcastChannel } from 'node:worker_threads';

import type { LearnerModule } from '../compile/learner.ts';
import type { Exercise } from '../course/exercise.ts';
import type { DeviceReport } from '../result/device.ts';
import type { Order, Told } from './awaited.ts';
import { compileSession } from './compile-session.ts';
import { makePlan, type Watch } from './plan.ts';
import { CheckRunner, type CheckRun } from './run-checks.ts';

/** A run that has been begun and waits for the learner's module. */
interface Begun {
  readonly exercise: Exercise;
  readonly channel: BroadcastChannel;
  /** Once its tests are loaded and its boxes are open. */
  readonly ready: Promise<void>;
  readonly ended: Promise<CheckRun>;
}

/** What is told of the checks of one save: what was seen, or that the next save has put an end to it. */
export type Practised = CheckRun | 'stopped';

/**
 * Checks a learner's own file again and again. Each save has a fresh process, as in grading; it is started ahead of the save, with TensorFlow, the
 * compiler and the tests loaded, so that the verdict takes no longer than the checks. An endless loop ends with the next save.
 */
export class Practice {
  readonly #runner: CheckRunner;
  readonly #device: DeviceReport;
  #begun: Begun | undefined;
  /** The run whose module was given and that has not ended. */
  #checking: Begun | undefined;
  #watch: Watch = {};
  #count = 0;
  /** Counts checks that were asked for and stopped: only the last one may begin. */
  #asked = 0;
  #isClosed = false;
  /** Begins and ends follow one another: vitest has one run at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(runner: CheckRunner, device: DeviceReport) {
    this.#runner = runner;
    this.#device = device;
  }

  static async start(device: DeviceReport, output: Writable): Promise<Practice> {
    return new Practice(await CheckRunner.start(output), device);
  }

  /** Begins a run of the exercise, so that its first check answers at once. */
  prepare(exercise: Exercise): Promise<void> {
    return this.#inTurn(() => this.#begin(exercise)).then(({ ready }) => ready);
  }

  /** Puts a module through all checks of its exercise, `first` before the others. A check that still runs for an earlier save is ended. */
  async check(exercise: Exercise, module: LearnerModule, first?: string, watch: Watch = {}): Promise<Practised> {
    this.stop();
    const mine = ++this.#asked;
    const isLast = () => mine === this.#asked;
    return this.#inTurn(async () => {
      if (!isLast()) return 'stopped';
      const begun = await this.#begin(exercise);
      await begun.ready;
      if (!isLast()) return 'stopped'; // the run is left for the next one
      this.#watch = watch;
      this.#checking = begun;
      this.#begun = undefined;
      begun.channel.postMessage({ module, first } satisfies Order);
      const run = await begun.ended;
      begun.channel.close();
      if (this.#checking !== begun) return 'stopped';
      this.#checking = undefined;
      return run;
    });
  }

  /** Ends the checks that still run or wait; their answer is `stopped`. */
  stop(): void {
    this.#asked++;
    this.#checking?.channel.postMessage('stop' satisfies Order);
    this.#checking = undefined;
  }

  /** Ends everything; nothing can be begun any more. */
  async close(): Promise<void> {
    this.stop();
    this.#isClosed = true;
    await this.#inTurn(() => this.#discard());
    await this.#runner.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined); // told to whoever waits for the result
    return result;
  }

  async #begin(exercise: Exercise): Promise<Begun> {
    if (this.#isClosed) throw new Error('the checks have been closed');
    if (this.#begun?.exercise.id === exercise.id) return this.#begun;
    await this.#discard();
    const plan = makePlan({
      exercises: [exercise],
      device: this.#device,
      seed: practiceSeed,
      races: false,
      strangers: false,
      level: 'none',
    });
    const { compiled } = await compileSession(plan, []);
    const name = `unroll-practice-${process.pid}-${++this.#count}`;
    const channel = new BroadcastChannel(name);
    const told = new Promise<void>((resolve) => {
      channel.addEventListener('message', (event) => {
        const { data } = event as unknown as { readonly data: Told };
        if (data === 'ready') resolve();
        else if (this.#checking?.channel === channel) this.#watch.onRecord?.(data);
      });
    });
    const watch: Watch = {
      onProgress: (text) => this.#watch.onProgress?.(text),
    };
    const ended = this.#runner.runSession({ mode: 'practise', plan, compiled, channel: name }, watch);
    const early = ended.then(({ errors }) => {
      throw new Error(errors.join('\n') || `the checks of ${exercise.id} ended before they began`);
    });
    const ready = Promise.race([told, early]);
    early.catch(() => undefined); // the usual end of a run that was ready long before
    this.#begun = { exercise, channel, ready, ended };
    return this.#begun;
  }

  /** Ends a run that nobody has given a module to. */
  async #discard(): Promise<void> {
    const begun = this.#begun;
    this.#begun = undefined;
    if (begun === undefined) return;
    await begun.ready;
    begun.channel.postMessage('stop' satisfies Order);
    await begun.ended;
    begun.channel.close();
  }
}

/** The inputs of a learner's own checks: the same at every save. */
export const practiceSeed = 'learning';
