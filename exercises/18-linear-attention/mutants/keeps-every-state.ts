import * as tf from '@tensorflow/tfjs';

import { type LinearAttentionInput } from '../../../solutions/18-linear-attention/linear-attention.ts';

export * from '../../../solutions/18-linear-attention/linear-attention.ts';

/** The right numbers, with the states of all positions alive at the same time. */
export function linearAttentionSequential({ q, k, v }: LinearAttentionInput): { out: tf.Tensor4D } {
  return tf.tidy(() => {
    const phi = (x: tf.Tensor) => tf.add(tf.elu(x), 1);
    const T = q.shape[2];
    const [queries, keys, values] = [phi(q), phi(k), v].map((x) => tf.split(x, T, 2)); // T of [B, N, 1, d], and T of [B, N, 1, M]
    let [S, z]: tf.Tensor[] = [tf.matMul(keys[0], values[0], true), keys[0]];
    const outs = queries.map((query, t) => {
      if (t > 0) [S, z] = [tf.add(S, tf.matMul(keys[t], values[t], true)), tf.add(z, keys[t])];
      return tf.div(tf.matMul(query, S), tf.matMul(query, z, false, true)); // [B, N, 1, M]
    });
    return { out: tf.concat(outs, 2) as tf.Tensor4D };
  });
}
