import * as tf from '@tensorflow/tfjs';

// Given: the two passes whose cost you predict. Each call of tf below is one kernel. Nothing here is to be changed.

/** Shapes: sequences `B`, steps `T`, and `D` numbers at each step, in the input and in the state alike. */
export interface ElmanSequenceInput {
  readonly x: tf.Tensor3D; // [B, T, D] the input of every step
  readonly h0: tf.Tensor2D; // [B, D] the state before the first step
  readonly Wx: tf.Tensor2D; // [D, D] from the input to the new state
  readonly Wh: tf.Tensor2D; // [D, D] from the old state to the new state
  readonly b: tf.Tensor1D; // [D] the bias
}

export interface CausalAttentionInput {
  readonly x: tf.Tensor3D; // [B, T, D] the input of every position
  readonly Wq: tf.Tensor2D; // [D, D] from the input to the queries
  readonly Wk: tf.Tensor2D; // [D, D] to the keys
  readonly Wv: tf.Tensor2D; // [D, D] to the values
  readonly Wo: tf.Tensor2D; // [D, D] from the averages to the output
  readonly mask: tf.Tensor2D; // [T, T] 0 where a position may look, -1e30 where it may not
}

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b), one step after the other. */
export function elmanSequence({ x, h0, Wx, Wh, b }: ElmanSequenceInput): { h: tf.Tensor3D } {
  return tf.tidy(() => {
    let h: tf.Tensor = h0; // [B, D]
    const states = tf.unstack(x, 1).map((xT) => {
      const fromInput = tf.matMul(xT, Wx); // [B, D]
      const fromState = tf.matMul(h, Wh); // [B, D]
      return (h = tf.tanh(tf.add(tf.add(fromInput, fromState), b)));
    });
    return { h: tf.stack(states, 1) as tf.Tensor3D }; // [B, T, D]
  });
}

/** softmax(q k^T / sqrt(D) + mask) v, with q, k and v projected from x, and the averages projected once more; one head, all positions at once. */
export function causalAttention({ x, Wq, Wk, Wv, Wo, mask }: CausalAttentionInput): { out: tf.Tensor3D } {
  return tf.tidy(() => {
    const [q, k, v] = [tf.matMul(x, Wq), tf.matMul(x, Wk), tf.matMul(x, Wv)]; // [B, T, D]
    const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(x.shape[2])); // [B, T, T]
    const weights = tf.softmax(tf.add(scores, mask)); // [B, T, T]
    return { out: tf.matMul(tf.matMul(weights, v), Wo) as tf.Tensor3D }; // [B, T, D]
  });
}
