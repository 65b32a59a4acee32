// Odd and even steps by recursion, as in jax.lax.associative_scan: pairs are joined, scanned, and the others filled in.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly a: tf.Tensor3D; // [B, T, H]
  readonly b: tf.Tensor3D; // [B, T, H]
  readonly h0: tf.Tensor2D; // [B, H]
}
type Maps = readonly [a: tf.Tensor, b: tf.Tensor]; // [B, t, H] each

const after = ([a1, b1]: Maps, [a2, b2]: Maps): Maps => [a2.mul(a1), a2.mul(b1).add(b2)];

function padTime(x: tf.Tensor, before: number, behind: number, fill: number) {
  return tf.pad(
    x,
    [
      [0, 0],
      [before, behind],
      [0, 0],
    ],
    fill,
  );
}

function scan([a, b]: Maps): Maps {
  const [B, T, H] = a.shape as [number, number, number];
  if (T === 1) return [a, b];
  const half = Math.ceil(T / 2);
  const odd = 2 * half - T;
  const pairs = ([a, b] as const).map((x, i) =>
    padTime(x, 0, odd, 1 - i)
      .reshape([B, half, 2, H])
      .unstack(2),
  ); // even, odd
  const even = pairs.map(([first]) => first) as unknown as Maps;
  const joined = scan(after(even, pairs.map(([, second]) => second) as unknown as Maps)); // at the odd places
  const before = joined.map((x, i) => padTime(x.slice([0, 0, 0], [B, half - 1, H]), 1, 0, 1 - i)) as unknown as Maps;
  const filled = after(before, even); // at the even places
  return filled.map((x, i) =>
    tf
      .stack([x, joined[i]], 2)
      .reshape([B, 2 * half, H])
      .slice([0, 0, 0], [B, T, H]),
  ) as unknown as Maps;
}

export function linearRecurrenceParallel({ a, b, h0 }: Input) {
  return tf.tidy(() => {
    const [A, sum] = scan([a, b]);
    return { h: A.mul(h0.expandDims(1)).add(sum) };
  });
}

export function linearRecurrenceSequential({ a, b, h0 }: Input) {
  return tf.tidy(() => {
    const [as, bs] = [a.unstack(1), b.unstack(1)];
    const h: tf.Tensor[] = [h0];
    as.forEach((gate, t) => h.push(gate.mul(h[t]).add(bs[t])));
    return { h: tf.stack(h.slice(1), 1) };
  });
}
