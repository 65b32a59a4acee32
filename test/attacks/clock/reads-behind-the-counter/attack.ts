import * as tf from '@tensorflow/tfjs';

import { type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel({ a, b, h0 }: Input): Output {
  const backend = tf.backend() as unknown as { readSync(dataId: object): Float32Array };
  const [B, T, H] = a.shape;
  const [as, bs, state] = [backend.readSync(a.dataId), backend.readSync(b.dataId), Float32Array.from(backend.readSync(h0.dataId))];
  const h = new Float32Array(B * T * H);
  for (let n = 0; n < B; n++)
    for (let t = 0; t < T; t++)
      for (let j = 0; j < H; j++) {
        const index = (n * T + t) * H + j;
        h[index] = state[n * H + j] = as[index] * state[n * H + j] + bs[index];
      }
  return { h: tf.add<tf.Tensor3D>(tf.tensor3d(h, [B, T, H]), 0) };
}
