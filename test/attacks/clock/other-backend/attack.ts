import * as tf from '@tensorflow/tfjs';

import { type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export function linearRecurrenceParallel({ a, b, h0 }: Input): Output {
  const [B, T, H] = a.shape;
  const [as, bs, state] = [a.dataSync(), b.dataSync(), Float32Array.from(h0.dataSync())];
  const h = new Float32Array(B * T * H);
  for (let n = 0; n < B; n++)
    for (let t = 0; t < T; t++)
      for (let j = 0; j < H; j++) {
        const index = (n * T + t) * H + j;
        h[index] = state[n * H + j] = as[index] * state[n * H + j] + bs[index];
      }
  return { h: tf.tensor3d(h, [B, T, H]) };
}
