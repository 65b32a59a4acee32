import * as tf from '@tensorflow/tfjs';

import type { RaceInput } from '../../../solutions/20-the-race/the-race.ts';

export * from '../../../solutions/20-the-race/the-race.ts';

/** Right, and slower than it need be: a baseline that flatters whoever runs against it. */
export function elmanSequential({ x, h0, Wx, Wh, b }: RaceInput): { h: tf.Tensor3D } {
  return tf.tidy(() => {
    let h = h0; // [B, H]
    const states = tf.unstack(x, 1).map((xT) => (h = tf.tanh<tf.Tensor2D>(tf.add(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)), b))));
    return { h: tf.stack(states, 1) as tf.Tensor3D }; // [B, T, H]
  });
}
