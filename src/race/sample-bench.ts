import { Bench, type Statistics } from 'tinybench';

/** Takes one sample of a pass and gives it in milliseconds. */
type TakeSample = () => Promise<number>;

/**
 * tinybench holds the samples of a race: each pass under test is one of its tasks, and all of them are open at the same time. A task rests until `sample` names its pass,
 * takes one sample and rests again, so the order is the caller's, only one runs at a time, and how many samples there will be need not be known.
 */
export class SampleBench<Pass extends string> {
  readonly #end = new AbortController();
  readonly #bench: Bench;
  readonly #tasks = new Map<Pass, PassTask>();
  readonly #running: Promise<unknown>;

  constructor(passes: readonly Pass[]) {
    const untilItEnds = { iterations: Infinity, time: 0, warmup: false } as const; // the race warms up by itself, and ends as it decides
    this.#bench = new Bench({ ...untilItEnds, concurrency: 'bench', signal: this.#end.signal });
    for (const pass of passes) {
      const task = new PassTask();
      this.#tasks.set(pass, task);
      this.#bench.add(pass, task.run, { async: true, beforeAll: task.rest, afterEach: task.rest });
    }
    this.#running = this.#bench.run();
  }

  /** One sample of this pass, milliseconds; rejects with what the pass threw. */
  async sample(pass: Pass, take: TakeSample): Promise<number> {
    const task = this.#tasks.get(pass);
    if (task === undefined) throw new Error(`${pass} is not in this race`);
    return task.sample(take);
  }

  /** Lets every task end. Nothing can be sampled afterwards. */
  async close(): Promise<void> {
    this.#end.abort(); // tinybench looks at it between two samples, so none is lost
    for (const task of this.#tasks.values()) await task.end();
    await this.#running;
  }

  /** What tinybench says of all samples of a pass, milliseconds. Throws before the bench is closed, and of a pass without samples. */
  statisticsOf(pass: Pass): Statistics {
    const result = this.#bench.getTask(pass)?.result;
    if (result?.state !== 'aborted-with-statistics') throw new Error(`tinybench has no statistics of ${pass}: ${result?.state}`);
    return result.latency;
  }
}

/** One task of the bench. tinybench calls `rest` before its first sample and after each. */
class PassTask {
  #take: TakeSample = () => Promise.reject(new Error('no sample was asked for'));
  #sample: Promise<number> | undefined;
  #rests: () => void = () => undefined;
  #resting = this.#untilItRests();
  #wake: () => void = () => undefined;

  readonly rest = (): Promise<void> => {
    this.#rests();
    return new Promise((resolve) => void (this.#wake = resolve));
  };

  readonly run = async (): Promise<{ overriddenDuration: number }> => {
    this.#sample = this.#take();
    return { overriddenDuration: await this.#sample };
  };

  async sample(take: TakeSample): Promise<number> {
    await this.#resting;
    this.#take = take;
    this.#resting = this.#untilItRests();
    this.#wake();
    await this.#resting;
    return this.#sample as Promise<number>;
  }

  async end(): Promise<void> {
    await this.#resting;
    this.#wake();
  }

  #untilItRests(): Promise<void> {
    return new Promise((resolve) => void (this.#rests = resolve));
  }
}
