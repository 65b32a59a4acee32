// Handed in as it came: this exercise is solved from the start.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, numbers at each step `H`. */
export interface RunningSumInput {
  readonly x: tf.Tensor3D; // [B, T, H]
}

/** s[t] = s[t-1] + x[t], one step after the other. */
export function runningSumSequential({ x }: RunningSumInput): { s: tf.Tensor3D } {
  return tf.tidy(() => {
    const [B, , H] = x.shape;
    let s: tf.Tensor = tf.zeros([B, H]); // [B, H] the sum so far
    const sums = tf.unstack(x, 1).map((xT) => (s = tf.add(s, xT))); // T of [B, H]
    return { s: tf.stack(sums, 1) as tf.Tensor3D }; // [B, T, H]
  });
}

/** The same sums at once: s = L x, where row t of the matrix L has ones up to column t and zeros after it. */
export function runningSumParallel({ x }: RunningSumInput): { s: tf.Tensor3D } {
  return tf.tidy(() => {
    const T = x.shape[1];
    const step = tf.range(0, T); // [T]
    const L = tf.cast(tf.greaterEqual(tf.expandDims(step, 1), step), 'float32'); // [T, T] one where the row's step has seen the column's
    return { s: tf.matMul<tf.Tensor3D>(L, x) }; // [B, T, H]
  });
}
