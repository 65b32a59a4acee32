import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, positions `T`, size of a query `Q`, of a key `K`, of a value `D`, and units of the scoring network `A`. */
export interface AdditiveAttentionInput {
  readonly query: tf.Tensor2D; // [B, Q] what each sequence is asked
  readonly keys: tf.Tensor3D; // [B, T, K] what each position is found by
  readonly values: tf.Tensor3D; // [B, T, D] what each position has to say
  readonly Wq: tf.Tensor2D; // [Q, A] from the query to the scoring network
  readonly Wk: tf.Tensor2D; // [K, A] from a key to the scoring network
  readonly v: tf.Tensor1D; // [A] from the scoring network to the score
  readonly lengths: tf.Tensor1D; // [B] int32, how many positions of each sequence are real, 1 to T; the rest is padding
}

export interface AdditiveAttentionAnswer {
  readonly context: tf.Tensor2D; // [B, D]
  readonly weights: tf.Tensor2D; // [B, T]
}

/** One key at a time: e[t] = tanh(query Wq + keys[t] Wk) v, then a softmax over the e, then one value at a time. */
export function additiveAttentionSequential({ query, keys, values, Wq, Wk, v, lengths }: AdditiveAttentionInput): AdditiveAttentionAnswer {
  return tf.tidy(() => {
    const T = keys.shape[1];
    const asked = tf.matMul(query, Wq); // [B, A]
    const scores = tf.unstack(keys, 1).map((key) => {
      const hidden = tf.tanh(tf.add(asked, tf.matMul(key, Wk))); // [B, A]
      return tf.matMul(hidden, tf.expandDims(v, 1)); // [B, 1]
    });
    const weights = tf.softmax<tf.Tensor2D>(tf.add(tf.concat(scores, 1), paddingMask(lengths, T))); // [B, T]
    const shares = tf.split(weights, T, 1); // T of [B, 1]
    const context = tf.addN(tf.unstack(values, 1).map((value, t) => tf.mul(shares[t], value))); // [B, D]
    return { context: context as tf.Tensor2D, weights };
  });
}

/**
 * Bahdanau, Cho and Bengio 2014, "Neural machine translation by jointly learning to align and translate", section 3.1, equations 5 and 6, with
 * the alignment model of appendix A.1.2: a(s, h) = v^T tanh(W s + U h), which is one small network used on all keys.
 */
export function additiveAttentionParallel({ query, keys, values, Wq, Wk, v, lengths }: AdditiveAttentionInput): AdditiveAttentionAnswer {
  return tf.tidy(() => {
    const [B, T, K] = keys.shape;
    const A = v.shape[0];
    const asked = tf.expandDims(tf.matMul(query, Wq), 1); // [B, 1, A]
    const offered = tf.reshape(tf.matMul(tf.reshape(keys, [B * T, K]), Wk), [B, T, A]);
    const hidden = tf.tanh(tf.add(asked, offered)); // [B, T, A]
    const scores = tf.sum(tf.mul(hidden, v), -1); // [B, T]
    const weights = tf.softmax<tf.Tensor2D>(tf.add(scores, paddingMask(lengths, T))); // [B, T]
    const context = tf.squeeze<tf.Tensor2D>(tf.matMul(tf.expandDims(weights, 1), values), [1]); // [B, D]
    return { context, weights };
  });
}

/** 0 where a position is real, and -1e30 where it is padding, so that its weight is exactly 0 beside any score. */
function paddingMask(lengths: tf.Tensor1D, T: number): tf.Tensor {
  const padding = tf.greaterEqual(tf.range(0, T, 1, 'int32'), tf.expandDims(lengths, 1)); // [B, T]
  return tf.mul(tf.cast(padding, 'float32'), -1e30);
}
