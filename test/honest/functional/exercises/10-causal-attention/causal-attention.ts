// Keys first: the table of scores is [key, query], the mask a tf.where, the softmax written out by hand.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly q: tf.Tensor4D; // [B, N, T, d]
  readonly k: tf.Tensor4D; // [B, N, T, d]
  readonly v: tf.Tensor4D; // [B, N, T, d]
}

export function causalAttentionParallel({ q, k, v }: Input) {
  return tf.tidy(() => {
    const [T, d] = q.shape.slice(2) as [number, number];
    const scores = tf.matMul(k, q.mul(d ** -0.5), false, true); // [B, N, T keys, T queries]
    const visible = tf.lessEqual(tf.range(0, T).expandDims(1), tf.range(0, T)); // key s <= query t
    const masked = tf.where(visible, scores, tf.fill(scores.shape, -1e38));
    const e = masked.sub(masked.max(2, true)).exp();
    return { out: tf.matMul(e.div(e.sum(2, true)), v, true) };
  });
}

export function causalAttentionSequential({ q, k, v }: Input) {
  return tf.tidy(() => {
    const [queries, keys, values] = [q, k, v].map((x) => x.unstack(2)) as [tf.Tensor[], tf.Tensor[], tf.Tensor[]]; // T of [B, N, d]
    const outs = queries.map((query, t) => {
      const weights = tf.softmax(
        tf.stack(
          keys.slice(0, t + 1).map((key) => query.mul(key).sum(-1).div(Math.sqrt(q.shape[3]))),
          -1,
        ),
      ); // [B, N, t + 1]
      return tf.mul(weights.expandDims(-1), tf.stack(values.slice(0, t + 1), 2)).sum(2);
    });
    return { out: tf.stack(outs, 2) };
  });
}
