import * as tf from '@tensorflow/tfjs';

/** Shapes: a gate, an input and a state for each sequence `B`, step `T` and channel `H`. */
export interface LinearRecurrenceInput {
  readonly a: tf.Tensor3D; // [B, T, H] how much of the old state to keep
  readonly b: tf.Tensor3D; // [B, T, H] what to add
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
}

/** h[t] = a[t] * h[t-1] + b[t], one step after the other: T steps, whatever the hardware. */
export function linearRecurrenceSequential({ a, b, h0 }: LinearRecurrenceInput): { h: tf.Tensor3D } {
  return tf.tidy(() => {
    const [as, bs] = [tf.unstack(a, 1), tf.unstack(b, 1)]; // T of [B, H]
    let h: tf.Tensor = h0; // [B, H]
    const states = as.map((aT, t) => (h = tf.add(tf.mul(aT, h), bs[t])));
    return { h: tf.stack(states, 1) as tf.Tensor3D }; // [B, T, H]
  });
}

/**
 * Hillis and Steele 1986, "Data parallel algorithms". One step is the map h -> a h + b; two steps after one another are again such a map:
 * (a1, b1) then (a2, b2) = (a2 a1, a2 b1 + b2). That composition is associative, so the spans may be joined in any grouping:
 * after round k each position holds the map of the last 2^k steps. Blelloch 1990, "Prefix sums and their applications", section 1.4.1.
 */
export function linearRecurrenceParallel({ a, b, h0 }: LinearRecurrenceInput): { h: tf.Tensor3D } {
  return tf.tidy(() => {
    const T = a.shape[1];
    let [A, Bs] = [a, b]; // [B, T, H] the map of the last 1, 2, 4, ... steps
    for (let span = 1; span < T; span *= 2) {
      const [aBefore, bBefore] = [later(A, span, 1), later(Bs, span, 0)]; // before the start stands the map that does nothing: (1, 0)
      Bs = tf.add(tf.mul(A, bBefore), Bs);
      A = tf.mul(A, aBefore);
    }
    return { h: tf.add<tf.Tensor3D>(tf.mul(A, tf.expandDims(h0, 1)), Bs) }; // [B, T, H]
  });
}

/** Shifts along time by `span` steps and fills the gap at the start. */
function later(x: tf.Tensor3D, span: number, fill: number): tf.Tensor3D {
  const [B, T, H] = x.shape;
  return tf.pad(
    tf.slice(x, [0, 0, 0], [B, T - span, H]),
    [
      [0, 0],
      [span, 0],
      [0, 0],
    ],
    fill,
  );
}
