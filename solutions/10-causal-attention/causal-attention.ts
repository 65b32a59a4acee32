import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, heads `N`, positions `T`, size of one head `d`. */
export interface CausalAttentionInput {
  readonly q: tf.Tensor4D; // [B, N, T, d] what each position asks for
  readonly k: tf.Tensor4D; // [B, N, T, d] what each position is found by
  readonly v: tf.Tensor4D; // [B, N, T, d] what each position has to say
}

/** out[t] = softmax(q[t] k[0..t]^T / sqrt(d)) v[0..t]: one query at a time, each with the keys and values that it may see. */
export function causalAttentionSequential({ q, k, v }: CausalAttentionInput): { out: tf.Tensor4D } {
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    const outs = Array.from({ length: T }, (_, t) => {
      const query = tf.slice(q, [0, 0, t, 0], [B, N, 1, d]);
      const [keys, values] = [k, v].map((x) => tf.slice(x, [0, 0, 0, 0], [B, N, t + 1, d])); // [B, N, t + 1, d]
      const scores = tf.div(tf.matMul(query, keys, false, true), Math.sqrt(d)); // [B, N, 1, t + 1]
      return tf.matMul(tf.softmax(scores), values); // [B, N, 1, d]
    });
    return { out: tf.concat(outs, 2) as tf.Tensor4D }; // [B, N, T, d]
  });
}

/**
 * Vaswani et al. 2017, "Attention is all you need", equation 1, with the mask of section 3.2.3: softmax(q k^T / sqrt(d) + mask) v.
 * What position t may not see gets the score -1e30, so its weight is exactly 0 beside any score.
 */
export function causalAttentionParallel({ q, k, v }: CausalAttentionInput): { out: tf.Tensor4D } {
  return tf.tidy(() => {
    const [T, d] = q.shape.slice(2);
    const position = tf.range(0, T); // [T]
    const future = tf.greater(position, tf.expandDims(position, 1)); // [T, T] true where key s lies after query t
    const mask = tf.mul(tf.cast(future, 'float32'), -1e30); // [T, T]
    const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(d)); // [B, N, T, T]
    return { out: tf.matMul<tf.Tensor4D>(tf.softmax(tf.add(scores, mask)), v) }; // [B, N, T, d]
  });
}
