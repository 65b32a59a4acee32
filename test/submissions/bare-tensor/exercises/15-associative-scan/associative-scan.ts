// The right numbers, answered as a tensor instead of an object that names it.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly a: tf.Tensor3D; // [B, T, H]
  readonly b: tf.Tensor3D; // [B, T, H]
  readonly h0: tf.Tensor2D; // [B, H]
}

export function linearRecurrenceSequential({ a, b, h0 }: Input) {
  return tf.tidy(() => {
    let h: tf.Tensor = h0;
    const [gates, inputs] = [a, b].map((x) => tf.split(x, x.shape[1], 1).map((step) => step.squeeze([1])));
    return tf.stack(
      gates.map((gate, t) => (h = tf.add(tf.mul(gate, h), inputs[t]))),
      1,
    );
  });
}

export function linearRecurrenceParallel(input: Input) {
  return linearRecurrenceSequential(input);
}
