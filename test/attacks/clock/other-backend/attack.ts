import * as tf from '@tensorflow/tfjs';

import { scanNumbers, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel({ a, b, h0 }: Input): Output {
  return { h: tf.tensor3d(scanNumbers(a.shape, a.dataSync(), b.dataSync(), h0.dataSync()), a.shape) };
}
