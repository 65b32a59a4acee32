// The sequential pass is right, the parallel pass is still the stub.
import * as tf from '@tensorflow/tfjs';
export function linearRecurrenceSequential({ a, b, h0 }) {
  return tf.tidy(() => {
    let h = h0;
    const states = tf.unstack(tf.stack([a, b]), 2).map((step) => {
      const [gate, input] = tf.unstack(step);
      return (h = gate.mul(h).add(input));
    });
    return { h: tf.stack(states, 1) };
  });
}
export function linearRecurrenceParallel(_input) {
  throw new Error('15-associative-scan: linearRecurrenceParallel is still to be written');
}
