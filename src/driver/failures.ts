import type { Tensor } from '@tensorflow/tfjs';

import { SubjectFailure } from '../wire/subject.ts';

const stubWords = / is still to be written$/; // the one throw of every stub
const memoryWords = /allocation failed|out of memory|invalid (typed )?array (buffer )?length/i; // V8's words when the box's memory ends

/** What the learner's code threw, in the learner's words, with its cause told apart. */
export function asFailure(pass: string, thrown: unknown): SubjectFailure {
  if (thrown instanceof SubjectFailure) return thrown;
  const text = describeThrown(thrown);
  if (stubWords.test(text)) return new SubjectFailure('unfinished', text, { cause: thrown });
  if (memoryWords.test(text))
    return new SubjectFailure('memory', `${pass} asked for more memory than there is: ${text}`, { cause: thrown });
  return new SubjectFailure('threw', `${pass} threw: ${text}`, { cause: thrown });
}

function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error
      ? thrown.message.slice(0, 1000) /* characters: enough for TensorFlow.js's longest */
      : `the value ${String(thrown).slice(0, 200)}, which is no Error`;
  } catch {
    return 'a value that cannot be shown';
  }
}

type Inputs = Readonly<Record<string, unknown>>;

/** Runs a pass; what it throws becomes a failure with the shapes of its inputs. */
export function attempt<T>(pass: string, inputs: Inputs, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    throw withShapes(asFailure(pass, thrown), inputs);
  }
}

/** The same for a pass that may answer with a promise. */
export async function attemptAsync<T>(pass: string, inputs: Inputs, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw withShapes(asFailure(pass, thrown), inputs);
  }
}

/** Adds the shapes that came in: TensorFlow's own words for a wrong shape are a bare number. */
function withShapes(failure: SubjectFailure, inputs: Inputs): SubjectFailure {
  if (failure.failureCause !== 'threw') return failure;
  const shapes = Object.entries(inputs).flatMap(([name, value]) => (hasShape(value) ? [`${name} [${value.shape.join(', ')}]`] : []));
  return new SubjectFailure('threw', `${failure.message} (the inputs were ${shapes.join(', ')})`, { cause: failure });
}

const hasShape = (value: unknown): value is Tensor => typeof value === 'object' && value !== null && 'shape' in value;
