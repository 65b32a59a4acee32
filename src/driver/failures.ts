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
  return new SubjectFailure('threw', `${pass} threw${placeOf(thrown)}: ${text}`, { cause: thrown });
}

/** Where in the learner's own file it was thrown, as ` in line 20 of elman-step.ts`; empty where the stack does not tell. */
function placeOf(thrown: unknown): string {
  try {
    const place = thrown instanceof Error ? learnersFrame.exec(String(thrown.stack)) : null;
    return place === null ? '' : ` in line ${place[2]} of ${place[1]}`;
  } catch {
    return ''; // a stack may be anything, also something that throws
  }
}

const tensorflowsStatus = /^Invalid TF_Status: \d+\s+Message: /; // a number of its own, before the sentence that helps

/** A line of a stack that names one of the learner's files: as the box's compiler calls them, or where they lie in the course. */
const learnersFrame = /(?:learner:|[\\/]exercises[\\/]\d\d-[a-z0-9-]+[\\/])([a-z0-9-]+\.ts):(\d{1,6})/;

function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error
      ? thrown.message.replace(tensorflowsStatus, '').slice(0, 1000) /* characters: enough for TensorFlow.js's longest */
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
