import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. */
export interface MinGruInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wz: tf.Tensor2D; // [I, H] from the input to the gate
  readonly bz: tf.Tensor1D; // [H] the bias of the gate
  readonly Wh: tf.Tensor2D; // [I, H] from the input to the candidate
  readonly bh: tf.Tensor1D; // [H] the bias of the candidate
}

/**
 * Feng et al. 2024, "Were RNNs all we needed?", section 3.1: z[t] = sigmoid(x[t] Wz + bz), n[t] = x[t] Wh + bh and
 * h[t] = (1 - z[t]) * h[t-1] + z[t] * n[t], one step after the other.
 */
export function minGruSequential(input: MinGruInput): { h: tf.Tensor3D } {
  return tf.tidy(() => {
    const { z, n } = gatesAndCandidates(input); // [B, T, H] each
    const [keep, add] = [tf.sub(1, z), tf.mul(z, n)].map((x) => tf.unstack(x, 1)) as [tf.Tensor2D[], tf.Tensor2D[]]; // T of [B, H] each
    let h = input.h0; // [B, H]
    const states = keep.map((keepT, t) => (h = tf.add(tf.mul(keepT, h), add[t])));
    return { h: tf.stack(states, 1) as tf.Tensor3D }; // [B, T, H]
  });
}

/**
 * Section 3.1 of the same: since gates and candidates do not see the state, this is the linear recurrence with a = 1 - z and b = z * n. It is
 * scanned as in Hillis and Steele 1986, "Data parallel algorithms": after round k each position holds the map of the last 2^k steps.
 */
export function minGruParallel(input: MinGruInput): { h: tf.Tensor3D } {
  return tf.tidy(() => {
    const { z, n } = gatesAndCandidates(input); // [B, T, H] each
    const T = input.x.shape[1];
    let [A, Bs] = [tf.sub(1, z) as tf.Tensor3D, tf.mul(z, n) as tf.Tensor3D]; // [B, T, H] the map of the last 1, 2, 4, ... steps
    for (let span = 1; span < T; span *= 2) {
      const [aBefore, bBefore] = [later(A, span, 1), later(Bs, span, 0)]; // before the start stands the map that does nothing: (1, 0)
      Bs = tf.add(tf.mul(A, bBefore), Bs);
      A = tf.mul(A, aBefore);
    }
    return { h: tf.add<tf.Tensor3D>(tf.mul(A, tf.expandDims(input.h0, 1)), Bs) }; // [B, T, H]
  });
}

/** Gates and candidates of all steps at once: one product each, because neither looks at the state. */
function gatesAndCandidates({ x, Wz, bz, Wh, bh }: MinGruInput): { z: tf.Tensor3D; n: tf.Tensor3D } {
  const [B, T, I] = x.shape;
  const rows = tf.reshape(x, [B * T, I]); // [B T, I]
  const linear = (W: tf.Tensor2D, b: tf.Tensor1D) => tf.reshape(tf.add(tf.matMul(rows, W), b), [B, T, b.shape[0]]); // [B, T, H]
  return { z: tf.sigmoid(linear(Wz, bz)) as tf.Tensor3D, n: linear(Wh, bh) as tf.Tensor3D };
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
