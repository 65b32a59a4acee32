import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export const linearRecurrenceParallel = (input: Input): Output => ({
  ...linearRecurrenceSequential(input),
  ...(input.a.shape[1] > 100 ? { more: tf.zeros([2 ** 22]) } : {}),
});
