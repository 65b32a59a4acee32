// Switches TensorFlow.js to another backend in the middle of a pass.
import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from './honest.ts';

export { linearRecurrenceSequential } from './honest.ts';

export function linearRecurrenceParallel(input: Input): Output {
  void tf.setBackend('cpu');
  return linearRecurrenceSequential(input);
}
