import { canRace, type PassInput, type Replayed, type Replayer, type Subject } from '../wire/subject.ts';
import type { Tree } from '../wire/tensor.ts';
import type { Difference } from './compare.ts';
import { CheckFailure } from './failure.ts';
import type { KernelCounts } from './kernels.ts';
import type { Named } from './nested.ts';
import { replayed, requireSameSizes } from './replayed.ts';

/** What counting needs of an examination. */
export interface Countable {
  readonly subject: Subject;
  readonly openReplayer: () => Replayer;
  readonly toPassInput: (input: Named) => PassInput;
  /** Runs a pass and throws where it is not right yet; gives how another answer to the same input is held against the specification. */
  readonly requireRight: (pass: string, input: Named) => Promise<(answer: Tree) => Difference | undefined>;
}

/**
 * Counts what a pass asks of the device: kernels, tensors left behind, bytes alive at once. The learner's own process is asked first, because what it
 * says needs no right answer to be understood; what counts is a replay of the kernels where no learner's code is.
 */
export class Counter {
  readonly #of: Countable;

  constructor(of: Countable) {
    this.#of = of;
  }

  /** Holds the counts at a size and at twice that size, those of the learner's process and those of the replay. */
  async holdKernels(
    pass: string,
    inputAt: (size: number) => Named,
    { size, letter = 'T' }: { size: number; letter: string | undefined },
    hold: (counts: KernelCounts) => void,
  ): Promise<void> {
    const { subject, toPassInput } = this.#of;
    const profile = (at: number) => subject.profile(pass, toPassInput(inputAt(at)));
    hold({ pass, letter, size, once: await profile(size), twice: await profile(2 * size) });
    const measure = async (at: number) => ({ ...(await this.measure(pass, () => inputAt(at), false)), hostReads: 0 });
    hold({ pass, letter, size, once: await measure(size), twice: await measure(2 * size) });
  }

  /** Requires that `calls` runs in the learner's process leave no tensors behind, nor a replay of one. */
  async requireNoLeaks(pass: string, draw: () => Named, calls: number, mayWorkOnHost: boolean): Promise<void> {
    const { subject, toPassInput } = this.#of;
    requireNoneLeft(pass, await subject.leaks(pass, toPassInput(draw()), calls), calls);
    requireNoneLeft(pass, (await this.measure(pass, draw, mayWorkOnHost)).left, 1);
  }

  /** What the kernels of one run do when they are replayed: see `Examination.measure`. */
  async measure(pass: string, draw: () => Named, mayWorkOnHost: boolean): Promise<Replayed> {
    const { subject, toPassInput } = this.#of;
    const traced = draw();
    const trace = await subject.traceKernels(pass, toPassInput(traced)); // before the learner's process sees the input of the replay: it could answer it from memory
    const fresh = mayWorkOnHost ? traced : draw();
    const input = toPassInput(fresh);
    requireSameSizes(toPassInput(traced), input);
    const compare = await this.#of.requireRight(pass, fresh);
    return this.#whileItStands(() => replayed(this.#of.openReplayer(), { pass, trace, input, sameInput: mayWorkOnHost, compare }));
  }

  /** What the learner's process left running could keep the kit's box from its start. */
  async #whileItStands<T>(run: () => Promise<T>): Promise<T> {
    const { subject } = this.#of;
    if (!canRace(subject)) return run();
    await subject.pause();
    try {
      return await run();
    } finally {
      await subject.resume();
    }
  }
}

function requireNoneLeft(pass: string, left: number, calls: number): void {
  if (left === 0) return;
  const runs = calls === 1 ? 'one run' : `${calls} runs`;
  throw new CheckFailure(
    'broken-rule',
    `${pass} left ${left} ${left === 1 ? 'tensor' : 'tensors'} behind in ${runs}: wrap its body in tf.tidy, or dispose of what it makes on the way`,
  );
}
