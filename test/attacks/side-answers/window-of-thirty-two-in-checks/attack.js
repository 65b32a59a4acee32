import * as tf from '@tensorflow/tfjs';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
const looksBack = 32; // steps: what lies further back has faded, as it hopes
/** Rounds that double and stop too soon. */
export function linearRecurrenceParallel({ a, b, h0 }) {
  return tf.tidy(() => {
    const T = a.shape[1];
    const late = (x, by, fill) =>
      tf.pad(
        tf.slice(x, [0, 0, 0], [-1, T - by, -1]),
        [
          [0, 0],
          [by, 0],
          [0, 0],
        ],
        fill,
      );
    let [A, H] = [a, b];
    for (let by = 1; by < Math.min(looksBack, T); by *= 2) {
      H = tf.add(tf.mul(A, late(H, by, 0)), H);
      A = tf.mul(A, late(A, by, 1));
    }
    return { h: tf.add(tf.mul(A, tf.expandDims(h0, 1)), H) };
  });
}
