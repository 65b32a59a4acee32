// The honest passes of exercise 15, rounds that double as the exercise asks, and what attacks make of them.
import * as tf from '@tensorflow/tfjs';

export interface Input {
  readonly a: tf.Tensor3D;
  readonly b: tf.Tensor3D;
  readonly h0: tf.Tensor2D;
}
export interface Output {
  readonly h: tf.Tensor3D;
}

export function linearRecurrenceSequential({ a, b, h0 }: Input): Output {
  return tf.tidy(() => {
    const [as, bs] = [tf.unstack(a, 1), tf.unstack(b, 1)];
    let h: tf.Tensor = h0;
    return {
      h: tf.stack(
        as.map((aT, t) => (h = tf.add(tf.mul(aT, h), bs[t]))),
        1,
      ) as tf.Tensor3D,
    };
  });
}

export const linearRecurrenceParallel = (input: Input): Output => scanOfLast(input, input.a.shape[1]);

/** Rounds that double and stop once they have looked back so many steps. */
export function scanOfLast({ a, b, h0 }: Input, steps: number): Output {
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
    for (let by = 1; by < Math.min(steps, T); by *= 2) {
      H = tf.add(tf.mul(A, late(H, by, 0)), H);
      A = tf.mul(A, late(A, by, 1));
    }
    return { h: tf.add<tf.Tensor3D>(tf.mul(A, tf.expandDims(h0, 1)), H) };
  });
}

/** The states of a scan by a loop over numbers, in plain JavaScript. */
export function scanNumbers([B, T, H]: readonly number[], a: ArrayLike<number>, b: ArrayLike<number>, h0: ArrayLike<number>): Float32Array {
  const state = Float32Array.from(h0);
  const h = new Float32Array(B * T * H);
  for (let n = 0; n < B; n++)
    for (let t = 0; t < T; t++)
      for (let j = 0; j < H; j++) {
        const index = (n * T + t) * H + j;
        h[index] = state[n * H + j] = a[index] * state[n * H + j] + b[index];
      }
  return h;
}
