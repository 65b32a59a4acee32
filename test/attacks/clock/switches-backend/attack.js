import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export function linearRecurrenceParallel(input) {
  void tf.setBackend('cpu');
  return linearRecurrenceSequential(input);
}
