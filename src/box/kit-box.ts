import type { KernelTrace, PassInput, Replayed, Replayer } from '../wire/subject.ts';
import { asReplayed } from '../wire/reply.ts';
import type { LearnerModule } from '../compile/learner.ts';
import { BoxKeeper } from './keeper.ts';
import type { BoxConfig } from './launch.ts';

const noModule: LearnerModule = { key: 'kit/replay', code: 'export {};' }; // a box is asked about a module, and a trace belongs to none
const withoutEnd = { requestMs: 0, exerciseMs: Infinity }; // milliseconds: each request has the usual limit, and all of them none together, for one box serves many submissions

/** A box without any learner's code, in which kernel traces are replayed. It is started at the first, and kept for the next. */
export class KitBox implements Replayer {
  readonly #config: BoxConfig;
  #keeper: BoxKeeper;
  isFresh = true;

  constructor(config: BoxConfig) {
    this.#config = config;
    this.#keeper = new BoxKeeper(config);
  }

  /** Starts it ahead of the first replay. */
  async open(): Promise<void> {
    await this.#keeper.open();
  }

  async replay(trace: KernelTrace, input: PassInput): Promise<Replayed> {
    this.isFresh = false;
    return asReplayed(await this.#keeper.ask(noModule, { verb: 'replay', trace, input }, withoutEnd));
  }

  async retire(): Promise<void> {
    const old = this.#keeper;
    this.#keeper = new BoxKeeper(this.#config); // one that remembers no deaths
    this.isFresh = true;
    await old.close();
  }
}
