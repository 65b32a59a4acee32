import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. */
export interface ElmanSequenceInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
}

/**
 * Elman 1990, "Finding structure in time", figure 2, in the notation of Goodfellow, Bengio and Courville 2016, "Deep learning",
 * equations 10.8 and 10.9, with row vectors: h[t] = tanh(x[t] Wx + h[t-1] Wh + b).
 */
export function elmanSequence({ x, h0, Wx, Wh, b }: ElmanSequenceInput): { h: tf.Tensor3D; hT: tf.Tensor2D } {
  return tf.tidy(() => {
    let h = h0; // [B, H]
    const states = tf.unstack(x, 1).map((xT) => {
      const z = tf.add<tf.Tensor2D>(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)), b); // [B, H]
      return (h = tf.tanh(z));
    });
    return { h: tf.stack(states, 1) as tf.Tensor3D, hT: h }; // [B, T, H] and [B, H]
  });
}
