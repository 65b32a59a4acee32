import type { Tensor } from '@tensorflow/tfjs';

import type { Tensors } from '../device/device.ts';
import { SubjectFailure, type GradientQuestion } from '../wire/subject.ts';
import type { HostTensor } from '../wire/tensor.ts';
import { attempt } from './failures.ts';
import { readAnswer } from './read-answer.ts';

export type Pass = (input: Record<string, unknown>) => unknown;

/** Vector-Jacobian products through the learner's graph, by name. */
export async function findGradients(
  tf: Tensors,
  pass: string,
  run: Pass,
  tensors: Record<string, unknown>,
  cotangent: Tensor,
  { of, by: names }: GradientQuestion,
): Promise<Record<string, HostTensor>> {
  const scalar = (...by: Tensor[]) => {
    const answer = run({ ...tensors, ...Object.fromEntries(names.map((name, index) => [name, by[index]])) });
    const output = of === '' ? answer : (answer as Record<string, unknown>)[of];
    if (!(output instanceof tf.Tensor))
      throw new SubjectFailure(
        'bad-answer',
        `${pass} must answer with a tensor${of === '' ? '' : ` named ${of}`}, at once and not as a promise, so that its gradient can be taken`,
      );
    return tf.sum<Tensor>(tf.mul(output, cotangent));
  };
  const found = attempt(pass, tensors, () => differentiate(tf, scalar, names, tensors));
  const entries: [string, HostTensor][] = [];
  for (const [index, name] of names.entries()) entries.push([name, (await readAnswer(tf, found[index])) as HostTensor]);
  tf.dispose(found);
  return Object.fromEntries(entries);
}

/** Gradients by all these inputs; where TensorFlow.js finds none it does not say by which, and this does. */
function differentiate(
  tf: Tensors,
  scalar: (...by: Tensor[]) => Tensor,
  by: readonly string[],
  tensors: Record<string, unknown>,
): Tensor[] {
  const inputs = by.map((name) => tensors[name] as Tensor);
  try {
    return tf.grads(scalar)(inputs);
  } catch (error) {
    const reaches = (index: number) => {
      try {
        tf.dispose(tf.grads((x: Tensor) => scalar(...inputs.with(index, x)))([inputs[index] as Tensor]));
        return true;
      } catch {
        return false; // what went wrong is in `error`
      }
    };
    const unreached = by.filter((_, index) => !reaches(index));
    if (unreached.length === 0 || unreached.length === by.length || !(error instanceof Error)) throw error;
    throw new Error(`no gradient reaches ${unreached.join(', ')} (${error.message})`, { cause: error });
  }
}
