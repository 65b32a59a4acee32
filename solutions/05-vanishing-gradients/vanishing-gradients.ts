import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. */
export interface GradientByDistanceInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
  readonly cotangent: tf.Tensor2D; // [B, H] the gradient of the loss by the last state
}

export interface LinearGradientByDistanceInput {
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly cotangent: tf.Tensor2D; // [B, H] the gradient of the loss by the last state
  readonly T: number; // how many steps to go back
}

export interface LargestSingularValueInput {
  readonly W: tf.Tensor2D; // [H, H]
  readonly start: tf.Tensor2D; // [1, H] the row to begin with
  readonly rounds: number; // how often to apply W^T and W
}

/** Gradients of one training step, in tensors of different shapes. */
export interface ClipInput {
  readonly g1: tf.Tensor2D; // [I, H]
  readonly g2: tf.Tensor2D; // [H, H]
  readonly g3: tf.Tensor1D; // [H]
  readonly maxNorm: number; // the largest length that all of them together may have
}

/**
 * The chain rule along time, Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks", equation 5, with row
 * vectors: h_t = tanh(z_t), z_t = x_t Wx + h_{t-1} Wh + b, so g_{t-1} = (g_t * (1 - h_t^2)) Wh^T where g_t is the gradient by h_t.
 */
export function gradientByDistance({ x, h0, Wx, Wh, b, cotangent }: GradientByDistanceInput): { norms: tf.Tensor2D } {
  return tf.tidy(() => {
    let h = h0; // [B, H]
    const states = tf.unstack(x, 1).map((xT) => {
      const z = tf.add<tf.Tensor2D>(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)), b); // [B, H]
      return (h = tf.tanh(z));
    });
    let g = cotangent; // [B, H]
    const gradients = states.toReversed().map((state) => {
      const slope = tf.sub(1, tf.square(state)); // [B, H] of tanh, at z_t
      return (g = tf.matMul(tf.mul(g, slope), Wh, false, true));
    });
    return { norms: lengths([cotangent, ...gradients]) }; // [B, T + 1]
  });
}

/** Without tanh every slope is 1: g_{t-1} = g_t Wh^T. Neither the inputs nor the states matter. */
export function linearGradientByDistance({ Wh, cotangent, T }: LinearGradientByDistanceInput): { norms: tf.Tensor2D } {
  return tf.tidy(() => {
    let g = cotangent; // [B, H]
    const gradients = Array.from({ length: T }, () => (g = tf.matMul(g, Wh, false, true)));
    return { norms: lengths([cotangent, ...gradients]) }; // [B, T + 1]
  });
}

/** The length of each row of each gradient. */
function lengths(gradients: readonly tf.Tensor2D[]): tf.Tensor2D {
  return tf.norm(tf.stack([...gradients], 1), 'euclidean', 2) as tf.Tensor2D; // [B, T + 1] of [B, T + 1, H]
}

/** Power iteration on W^T W, Trefethen and Bau 1997, "Numerical linear algebra", algorithm 27.1; its largest eigenvalue is sigma^2. */
export function largestSingularValue({ W, start, rounds }: LargestSingularValueInput): { sigma: tf.Scalar } {
  return tf.tidy(() => {
    const unit = (row: tf.Tensor2D) => tf.div<tf.Tensor2D>(row, tf.norm(row));
    let v = unit(start); // [1, H]
    for (let round = 0; round < rounds; round++) v = unit(tf.matMul(tf.matMul(v, W, false, true), W));
    return { sigma: tf.norm(tf.matMul(v, W, false, true)) as tf.Scalar };
  });
}

/** Pascanu, Mikolov and Bengio 2013, algorithm 1: where |g| > c, g becomes g c / |g|. One length for all tensors together. */
export function clipByGlobalNorm({ g1, g2, g3, maxNorm }: ClipInput): {
  g1: tf.Tensor2D;
  g2: tf.Tensor2D;
  g3: tf.Tensor1D;
  norm: tf.Scalar;
} {
  return tf.tidy(() => {
    const squares = [g1, g2, g3].map((g) => tf.sum(tf.square(g)));
    const norm = tf.sqrt(tf.addN(squares)) as tf.Scalar;
    const scale = tf.div<tf.Scalar>(maxNorm, tf.maximum(norm, maxNorm)); // at most 1, and 1 for a gradient of zero
    return { g1: tf.mul(g1, scale), g2: tf.mul(g2, scale), g3: tf.mul(g3, scale), norm };
  });
}
