import * as tf from '@tensorflow/tfjs';

import * as solution from '../../../solutions/19-tiled-attention/tiled-attention.ts';

export * from '../../../solutions/19-tiled-attention/tiled-attention.ts';

/** All scores at once, [B, N, T, T], whatever the tile. */
export function tiledAttention({ q, k, v }: solution.TiledAttentionInput): { out: tf.Tensor4D; lse: tf.Tensor3D } {
  return tf.tidy(() => {
    const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(q.shape[3])); // [B, N, T, T]
    return { out: tf.matMul<tf.Tensor4D>(tf.softmax(scores), v), lse: tf.logSumExp(scores, 3) };
  });
}
