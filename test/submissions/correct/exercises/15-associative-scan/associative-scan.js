// Right, in another way: a recursive odd-even scan, which joins neighbours, solves half the length, and fills in the rest.
import * as tf from '@tensorflow/tfjs';
export function linearRecurrenceSequential({ a, b, h0 }) {
  return tf.tidy(() => {
    const [B, T, H] = a.shape;
    let h = h0.reshape([B, 1, H]);
    const states = [];
    for (let t = 0; t < T; t++) {
      const at = (x) => x.slice([0, t, 0], [B, 1, H]);
      h = at(a).mul(h).add(at(b));
      states.push(h);
    }
    return { h: tf.concat(states, 1) };
  });
}
export function linearRecurrenceParallel({ a, b, h0 }) {
  return tf.tidy(() => {
    const start = a.slice([0, 0, 0], [-1, 1, -1]).mul(h0.expandDims(1)); // [B, 1, H] what is left of h0 after the first step
    return { h: scan(a, b.add(lengthen(start, 0, a.shape[1] - 1))) };
  });
}
/** The states [B, T, H] of a recurrence that begins at zero. */
function scan(a, b) {
  const [B, T, H] = a.shape;
  if (T === 1) return b;
  if (T % 2 === 1) return scan(lengthen(a, 0, 1), lengthen(b, 0, 1)).slice([0, 0, 0], [B, T, H]); // an empty step at the end
  const [[a0, a1], [b0, b1]] = [a, b].map((x) => tf.unstack(x.reshape([B, T / 2, 2, H]), 2)); // even and odd steps, [B, T/2, H]
  const odd = scan(a1.mul(a0), a1.mul(b0).add(b1)); // two steps joined into one
  const even = a0.mul(lengthen(odd.slice([0, 0, 0], [B, T / 2 - 1, H]), 1, 0)).add(b0);
  return tf.stack([even, odd], 2).reshape([B, T, H]);
}
/** Zeros before and after along time. */
const lengthen = (x, before, after) =>
  x.pad([
    [0, 0],
    [before, after],
    [0, 0],
  ]);
