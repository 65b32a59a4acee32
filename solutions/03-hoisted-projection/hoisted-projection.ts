import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. */
export interface ElmanInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
}

/** Shapes: sequences `B`, steps `T`, hidden size `H`. */
export interface ElmanAnswer {
  readonly h: tf.Tensor3D; // [B, T, H] the state after every step
  readonly hT: tf.Tensor2D; // [B, H] the state after the last step
}

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b), everything in its step. Goodfellow, Bengio and Courville 2016, "Deep learning", equations 10.8 and 10.9. */
export function elmanSequential({ x, h0, Wx, Wh, b }: ElmanInput): ElmanAnswer {
  return tf.tidy(() => {
    let h = h0; // [B, H]
    const states = tf.unstack(x, 1).map((xT) => {
      const z = tf.add<tf.Tensor2D>(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)), b); // [B, H]
      return (h = tf.tanh(z));
    });
    return { h: tf.stack(states, 1) as tf.Tensor3D, hT: h }; // [B, T, H] and [B, H]
  });
}

/**
 * The same with x[t] Wx + b taken out of the loop for all t at once: it needs no state. Appleyard, Kočiský and Blunsom 2016,
 * "Optimizing performance of recurrent neural networks on GPUs", join the products of the inputs over time in this way.
 */
export function elmanParallel({ x, h0, Wx, Wh, b }: ElmanInput): ElmanAnswer {
  return tf.tidy(() => {
    const [B, T, I] = x.shape;
    const rows = tf.reshape(x, [B * T, I]); // [B T, I] matMul of [B, T, I] with a matrix has no gradient by the matrix
    const fromInput = tf.reshape(tf.add(tf.matMul(rows, Wx), b), [B, T, -1]); // [B, T, H]
    let h = h0; // [B, H]
    const states = tf.unstack(fromInput, 1).map((a) => (h = tf.tanh(tf.add<tf.Tensor2D>(a, tf.matMul(h, Wh))))); // T of [B, H]
    return { h: tf.stack(states, 1) as tf.Tensor3D, hT: h }; // [B, T, H] and [B, H]
  });
}
