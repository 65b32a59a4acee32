import * as tf from '@tensorflow/tfjs';

import * as solution from '../../../solutions/19-tiled-attention/tiled-attention.ts';

export * from '../../../solutions/19-tiled-attention/tiled-attention.ts';

/** Tile by tile, and nothing is freed before the last one is done. */
export function tiledAttention({ q, k, v, tile = 128 }: solution.TiledAttentionInput): { out: tf.Tensor4D; lse: tf.Tensor3D } {
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    let [m, l, acc]: tf.Tensor[] = [tf.mul(tf.ones([B, N, T]), -1e30), tf.zeros([B, N, T]), tf.zeros(q.shape)];
    for (let start = 0; start < T; start += tile) {
      const [keys, values] = [k, v].map((x) => tf.slice(x, [0, 0, start, 0], [B, N, Math.min(tile, T - start), d])); // [B, N, S, d]
      const e = tf.div(tf.matMul(q, keys, false, true), Math.sqrt(d)); // [B, N, T, S]
      const mNew = tf.maximum(m, tf.max(e, 3)); // [B, N, T]
      const p = tf.exp(tf.sub(e, tf.expandDims(mNew, 3))); // [B, N, T, S]
      const rescale = tf.exp(tf.sub(m, mNew)); // [B, N, T]
      l = tf.add(tf.mul(rescale, l), tf.sum(p, 3)); // [B, N, T]
      acc = tf.add(tf.mul(tf.expandDims(rescale, 3), acc), tf.matMul(p, values)); // [B, N, T, d]
      m = mNew;
    }
    return { out: tf.div<tf.Tensor4D>(acc, tf.expandDims(l, 3)), lse: tf.add<tf.Tensor3D>(m, tf.log(l)) };
  });
}
