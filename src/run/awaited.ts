import { BroadcastChannel } from 'node:worker_threads';

import type { LearnerModule } from '../compile/learner.ts';

/** What the process of the tests is told over the channel of a practice run: go, or that the learner has saved again. */
export type Order = { readonly module: LearnerModule; readonly first: string | undefined } | 'stop';
type Go = Exclude<Order, 'stop'>;
/** What it says there: the tests are loaded and the box is open. */
export const ready = 'ready';

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

  tellReady(): void {
    this.#channel.postMessage(ready);
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
