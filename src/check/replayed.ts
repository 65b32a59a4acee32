import { SubjectFailure, type KernelTrace, type PassInput, type Replayed, type Replayer } from '../wire/subject.ts';
import { HostTensor, type Tree } from '../wire/tensor.ts';
import type { Difference } from './compare.ts';
import { CheckFailure } from './failure.ts';

/** A trace of a pass, and what its replay on `input` has to answer. */
export interface ToReplay {
  readonly pass: string;
  readonly trace: KernelTrace;
  readonly input: PassInput;
  /** True where it is the input that was traced. */
  readonly sameInput: boolean;
  readonly compare: (answer: Tree) => Difference | undefined;
}

/**
 * Replays a trace and holds its answer against the right one, so that what it says of kernels, tensors and bytes is true of a program that does the work.
 * Fails only in a process in which nothing was replayed before: an earlier trace can have done harm.
 */
export async function replayed(replayer: Replayer, asked: ToReplay): Promise<Replayed> {
  const { isFresh } = replayer;
  try {
    const found = await replayer.replay(asked.trace, asked.input);
    requireRight(asked, found.answer);
    return found;
  } catch (error) {
    if (!(error instanceof CheckFailure) && !(error instanceof SubjectFailure)) throw error;
    await replayer.retire();
    if (!isFresh) return replayed(replayer, asked);
    if (error instanceof CheckFailure) throw error;
    throw new CheckFailure('bad-answer', `the kernels that ${asked.pass} ran cannot be run again by the kit: ${error.message}`);
  }
}

function requireRight({ pass, sameInput, compare }: ToReplay, answer: Tree): void {
  const difference = compare(answer);
  if (difference === undefined) return;
  const again = `the kernels that ${pass} runs give a wrong answer when the kit runs them again`;
  throw new CheckFailure(
    'broken-rule',
    sameInput
      ? `${again}: ${difference.message}`
      : `${again} on another input: part of the answer is worked out on the host, where no kernel is counted; stay in tensors from the input to the answer`,
  );
}

/** Throws where two inputs are not of one size: what is no tensor may decide which kernels run. */
export function requireSameSizes(first: PassInput, second: PassInput): void {
  const sizes = (input: PassInput) =>
    JSON.stringify(input, (_, value: unknown) => (value instanceof HostTensor ? ['tensor', value.dtype, ...value.shape] : value));
  if (sizes(first) !== sizes(second)) throw new Error('two inputs that were drawn alike have not the same sizes and numbers'); // a test's mistake
}
