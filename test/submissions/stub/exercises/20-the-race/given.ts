// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

// The benchmark as it is commonly written. It comes complete: read it, change nothing. `audit` times its two functions as they stand.

/** Shapes: sequences `B`, steps `T`, model size `D`, hidden size `H`. */
export interface AsWrittenInput {
  readonly x: tf.Tensor3D; // [B, T, D] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wq: tf.Tensor2D; // [D, D] any matrix to multiply with
  readonly seed: number; // ours, so that every run draws the same numbers
}

/** "The RNN": a state, a product, a tanh, T times over. */
export function rnnAsWritten({ x, h0, seed }: AsWrittenInput): { h: tf.Tensor2D } {
  return tf.tidy(() => {
    const [, T, D] = x.shape;
    const H = h0.shape[1];
    let h = h0; // [B, H]
    for (let t = 0; t < T; t++) {
      const next = tf.tidy(() => {
        const Wx = tf.randomNormal([D, H], 0, D ** -0.5, 'float32', seed + 2 * t); // [D, H]
        const Wh = tf.randomNormal([H, H], 0, H ** -0.5, 'float32', seed + 2 * t + 1); // [H, H]
        const xT = tf.squeeze<tf.Tensor2D>(tf.slice(x, [0, t, 0], [-1, 1, -1]), [1]); // [B, D]
        return tf.tanh<tf.Tensor2D>(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)));
      });
      if (t > 0) h.dispose();
      h = next;
    }
    return { h };
  });
}

/** "The Transformer": all positions at once. */
export function attentionAsWritten({ x, Wq }: AsWrittenInput): { out: tf.Tensor3D } {
  return tf.tidy(() => ({ out: tf.reshape<tf.Rank.R3>(tf.matMul(tf.reshape(x, [-1, x.shape[2]]), Wq), x.shape) })); // [B, T, D]
}

/** The figure that is printed in large letters: how many times as fast "the Transformer" is. */
export function benchmarkAsWritten(input: AsWrittenInput): number {
  const start = performance.now();
  rnnAsWritten(input).h.dispose();
  const middle = performance.now();
  attentionAsWritten(input).out.dispose();
  const end = performance.now();
  return (middle - start) / (end - middle);
}
