import { BroadcastChannel } from 'node:worker_threads';

import type { LearnerModule } from '../compile/learner.ts';
import type { CheckRecord } from './check-record.ts';

/** What the process of the tests is told over the channel of a practice run: go, or that the learner has saved again. */
export type Order = { readonly module: LearnerModule; readonly first: string | undefined } | 'stop';
type Go = Exclude<Order, 'stop'>;
/** What it says there: the tests are loaded and the box is open; and later each record, for vitest hands on what has ended ten times a second only. */
export type Told = 'ready' | CheckRecord;

/** The learner's module of a run that was begun before it was saved. */
export class Awaited {
  /** The module and the check to begin with; undefined where the run is ended before. */
  readonly order: Promise<Go | undefined>;
  readonly #channel: BroadcastChannel;
  readonly #stop = new AbortController();

  constructor(channel: string) {
    this.#channel = new BroadcastChannel(channel);
    this.order = new Promise((resolve) => {
      this.#channel.addEventListener('message', (event) => {
        const { data } = event as unknown as { readonly data: Order };
        if (data === 'stop') this.#stop.abort();
        resolve(data === 'stop' ? undefined : data);
      });
    });
  }

  tell(what: Told): void {
    this.#channel.postMessage(what);
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  onStop(end: () => void): void {
    this.#stop.signal.addEventListener('abort', end);
  }

  close(): void {
    this.#channel.close();
  }
}
