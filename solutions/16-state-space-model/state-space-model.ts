import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, channels `D`, states of each channel `H`. */
export interface StateSpaceInput {
  readonly x: tf.Tensor3D; // [B, T, D] the input of every step
  readonly A: tf.Tensor2D; // [D, H] how fast each state fades, per unit of time; all below 0
  readonly Bm: tf.Tensor2D; // [D, H] from the input of a channel into its states
  readonly C: tf.Tensor2D; // [D, H] from the states of a channel to its answer
  readonly Dskip: tf.Tensor1D; // [D] how much of the input goes straight to the answer
  readonly dt: tf.Tensor1D; // [D] how long one step lasts, for each channel
}

/**
 * Gu, Goel and Ré 2022, "Efficiently modeling long sequences with structured state spaces", section 2.3, with a diagonal A:
 * h[t] = Abar h[t-1] + Bbar x[t], y[t] = C h[t] + Dskip x[t], T steps, whatever the hardware.
 */
export function ssmSequential({ x, A, Bm, C, Dskip, dt }: StateSpaceInput): { y: tf.Tensor3D } {
  return tf.tidy(() => {
    const { Abar, Bbar } = discretise(A, Bm, dt); // [D, H]
    const incoming = tf.unstack(tf.mul(Bbar, tf.expandDims(x, -1)), 1); // T of [B, D, H]
    let h: tf.Tensor = tf.zeros([x.shape[0], ...A.shape]); // [B, D, H]
    const states = incoming.map((input) => (h = tf.add(tf.mul(Abar, h), input)));
    return { y: readOut(tf.stack(states, 1), { x, C, Dskip }) }; // [B, T, D]
  });
}

/**
 * Smith, Warrington and Linderman 2023, "Simplified state space layers for sequence modeling": the recurrence as an associative scan. Abar is the same at
 * every step, so all spans of one round share one power of it; and as nothing comes before the start, zeros may stand there.
 */
export function ssmParallel({ x, A, Bm, C, Dskip, dt }: StateSpaceInput): { y: tf.Tensor3D } {
  return tf.tidy(() => {
    const { Abar, Bbar } = discretise(A, Bm, dt); // [D, H]
    let power: tf.Tensor = Abar; // [D, H] Abar to the power of the span
    let h = tf.mul<tf.Tensor4D>(Bbar, tf.expandDims(x, -1)); // [B, T, D, H] what the last 1, 2, 4, ... steps left behind
    for (let span = 1; span < x.shape[1]; span *= 2) {
      h = tf.add(h, tf.mul(power, later(h, span)));
      power = tf.square(power);
    }
    return { y: readOut(h, { x, C, Dskip }) }; // [B, T, D]
  });
}

/** Gu, Goel and Ré 2022, section 2.4: y = K * x with the kernel K[r] = C Abar^r Bbar, here as one product with the matrix M[s][t] = K[t-s]. */
export function ssmConvolution({ x, A, Bm, C, Dskip, dt }: StateSpaceInput): { y: tf.Tensor3D } {
  return tf.tidy(() => {
    const T = x.shape[1];
    const { dtA, Bbar } = discretise(A, Bm, dt);
    const powers = tf.exp(tf.mul(tf.expandDims(dtA, -1), tf.range(0, T))); // [D, H, T] Abar^r = exp(r dt A)
    const K = tf.sum(tf.mul(tf.expandDims(tf.mul(C, Bbar), -1), powers), 1); // [D, T]
    const y = tf.matMul(tf.transpose(x, [2, 0, 1]), slide(K as tf.Tensor2D)); // [D, B, T]
    return { y: tf.add<tf.Tensor3D>(tf.transpose(y, [1, 2, 0]), tf.mul(Dskip, x)) }; // [B, T, D]
  });
}

/** Zero-order hold, as in Gu and Dao 2023, "Mamba", equation 4, with a diagonal A: Abar = exp(dt A), Bbar = (Abar - 1) / A B. */
function discretise(A: tf.Tensor2D, Bm: tf.Tensor2D, dt: tf.Tensor1D) {
  const dtA = tf.mul(tf.expandDims(dt, 1), A); // [D, H]
  return { dtA, Abar: tf.exp(dtA), Bbar: tf.mul(tf.div(tf.expm1(dtA), A), Bm) };
}

/** y = C h + Dskip x for all steps. */
function readOut(h: tf.Tensor, { x, C, Dskip }: Pick<StateSpaceInput, 'x' | 'C' | 'Dskip'>): tf.Tensor3D {
  return tf.add(tf.sum(tf.mul(C, h), -1), tf.mul(Dskip, x)); // [B, T, D]
}

/** Shifts along time by `span` steps and fills the gap at the start with zeros. */
function later(h: tf.Tensor4D, span: number): tf.Tensor4D {
  const [B, T, D, H] = h.shape;
  return tf.concat([tf.zeros([B, span, D, H]), tf.slice(h, [0, 0, 0, 0], [B, T - span, D, H])], 1);
}

/** M[s][t] = K[t-s], and 0 for t < s: T copies of the kernel and T zeros, read again as rows of 2 T - 1 numbers, so that each begins one place later. */
function slide(K: tf.Tensor2D): tf.Tensor3D {
  const [D, T] = K.shape;
  const row = tf.concat([K, tf.zeros([D, T])], 1); // [D, 2 T]
  const copies = tf.reshape(tf.mul(tf.expandDims(row, 1), tf.ones([T, 1])), [D, T * 2 * T]); // T of them, one after the other
  const rows = tf.reshape(tf.slice(copies, [0, 0], [D, T * (2 * T - 1)]), [D, T, 2 * T - 1]);
  return tf.slice(rows as tf.Tensor3D, [0, 0, 0], [D, T, T]);
}
