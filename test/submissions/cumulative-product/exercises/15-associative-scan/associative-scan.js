// Divides by the running product of the gates, which is zero in float32 after about a hundred steps.
import * as tf from '@tensorflow/tfjs';
export function linearRecurrenceSequential({ a, b, h0 }) {
  return tf.tidy(() => {
    const states = [h0];
    const [as, bs] = [tf.unstack(a, 1), tf.unstack(b, 1)];
    for (const t of as.keys()) states.push(as[t].mul(states[t]).add(bs[t]));
    return { h: tf.stack(states.slice(1), 1) };
  });
}
export function linearRecurrenceParallel({ a, b, h0 }) {
  return tf.tidy(() => {
    const A = tf.cumprod(a, 1); // [B, T, H]
    return { h: A.mul(b.div(A).cumsum(1)).add(A.mul(h0.expandDims(1))) };
  });
}
