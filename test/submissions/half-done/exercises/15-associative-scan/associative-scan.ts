// The sequential pass is right, the parallel pass is still the stub.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly a: tf.Tensor3D; // [B, T, H]
  readonly b: tf.Tensor3D; // [B, T, H]
  readonly h0: tf.Tensor2D; // [B, H]
}

export function linearRecurrenceSequential({ a, b, h0 }: Input): { h: tf.Tensor } {
  return tf.tidy(() => {
    let h: tf.Tensor = h0;
    const states = tf.unstack(tf.stack([a, b]), 2).map((step) => {
      const [gate, input] = tf.unstack(step);
      return (h = gate.mul(h).add(input));
    });
    return { h: tf.stack(states, 1) };
  });
}

export function linearRecurrenceParallel(_input: Input): { h: tf.Tensor3D } {
  throw new Error('15-associative-scan: linearRecurrenceParallel is still to be written');
}
