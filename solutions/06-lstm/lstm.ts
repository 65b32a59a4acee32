import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. The `4H` columns are four blocks of `H` in the order i, f, g, o. */
export interface LstmInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly c0: tf.Tensor2D; // [B, H] the cell before the first step
  readonly Wx: tf.Tensor2D; // [I, 4H] from the input to the three gates and the candidate
  readonly Wh: tf.Tensor2D; // [H, 4H] from the old state to the three gates and the candidate
  readonly b: tf.Tensor1D; // [4H] their biases
}

/**
 * Hochreiter and Schmidhuber 1997, "Long short-term memory", section 4, with the forget gate of Gers, Schmidhuber and Cummins 2000, "Learning to
 * forget", section 3: c[t] = f[t] c[t-1] + i[t] g[t] and h[t] = o[t] tanh(c[t]), where i, f and o are sigmoids and g is a tanh of
 * x[t] Wx + h[t-1] Wh + b.
 */
export function lstm({ x, h0, c0, Wx, Wh, b }: LstmInput): { h: tf.Tensor3D; hT: tf.Tensor2D; cT: tf.Tensor2D } {
  return tf.tidy(() => {
    let [h, c] = [h0, c0]; // [B, H] each
    const states = tf.unstack(x, 1).map((xT) => {
      const z = tf.add<tf.Tensor2D>(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)), b); // [B, 4H]
      const [i, f, g, o] = tf.split(z, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D]; // [B, H] each
      c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
      return (h = tf.mul(tf.sigmoid(o), tf.tanh(c)));
    });
    return { h: tf.stack(states, 1) as tf.Tensor3D, hT: h, cT: c }; // [B, T, H], [B, H] and [B, H]
  });
}
