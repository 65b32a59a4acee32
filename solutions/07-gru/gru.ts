import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. The `3H` columns are three blocks of `H` in the order r, z, n. */
export interface GruInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, 3H] from the input to the two gates and the candidate
  readonly Wh: tf.Tensor2D; // [H, 3H] from the old state to the two gates and the candidate
  readonly bx: tf.Tensor1D; // [3H] the biases beside the input
  readonly bh: tf.Tensor1D; // [3H] the biases beside the state
}

type Three = [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];

/**
 * Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder for statistical machine translation", section 2.3, in the form of cuDNN
 * and PyTorch, where the reset gate follows the product: r and z are sigmoids of x[t] Wx + bx + h[t-1] Wh + bh in their blocks,
 * n[t] = tanh(x[t] Wxn + bxn + r[t] (h[t-1] Whn + bhn)) and h[t] = (1 - z[t]) n[t] + z[t] h[t-1].
 */
export function gru({ x, h0, Wx, Wh, bx, bh }: GruInput): { h: tf.Tensor3D; hT: tf.Tensor2D } {
  return tf.tidy(() => {
    let h = h0; // [B, H]
    const states = tf.unstack(x, 1).map((xT) => {
      const [xr, xz, xn] = tf.split(tf.add(tf.matMul(xT, Wx), bx), 3, 1) as Three; // [B, H] each
      const [hr, hz, hn] = tf.split(tf.add(tf.matMul(h, Wh), bh), 3, 1) as Three; // [B, H] each
      const [r, z] = [tf.sigmoid(tf.add(xr, hr)), tf.sigmoid(tf.add(xz, hz))];
      const n = tf.tanh(tf.add(xn, tf.mul(r, hn)));
      return (h = tf.add(tf.mul(tf.sub(1, z), n), tf.mul(z, h)));
    });
    return { h: tf.stack(states, 1) as tf.Tensor3D, hT: h }; // [B, T, H] and [B, H]
  });
}
