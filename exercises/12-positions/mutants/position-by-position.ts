import * as tf from '@tensorflow/tfjs';

import { rotaryPositions as rotate, type RotaryInput } from '../../../solutions/12-positions/positions.ts';

export * from '../../../solutions/12-positions/positions.ts';

/** The right numbers, turned one position after the other. */
export function rotaryPositions({ x, offset, theta }: RotaryInput): { out: tf.Tensor4D } {
  return tf.tidy(() => {
    const rows = tf.split(x, x.shape[2], 2); // T of [B, N, 1, d]
    return {
      out: tf.concat(
        rows.map((row, t) => rotate({ x: row as tf.Tensor4D, offset: offset + t, theta }).out),
        2,
      ),
    };
  });
}
