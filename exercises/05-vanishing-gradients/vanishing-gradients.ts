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
 * How long the gradient of the loss by a state of the Elman network is, at each distance from the end.
 *
 * @returns norms: at distance k the length of the gradient by the state k steps before the last, for each sequence by itself, [B, T + 1]
 */
export function gradientByDistance(_input: GradientByDistanceInput): { norms: tf.Tensor2D } {
  throw new Error('05-vanishing-gradients: gradientByDistance is still to be written');
}

/**
 * The same for the network without its tanh.
 *
 * @returns norms: [B, T + 1]
 */
export function linearGradientByDistance(_input: LinearGradientByDistanceInput): { norms: tf.Tensor2D } {
  throw new Error('05-vanishing-gradients: linearGradientByDistance is still to be written');
}

/**
 * The largest singular value of W: by how much it can stretch a row at most. Found by power iteration.
 *
 * @returns sigma: one number, []
 */
export function largestSingularValue(_input: LargestSingularValueInput): { sigma: tf.Scalar } {
  throw new Error('05-vanishing-gradients: largestSingularValue is still to be written');
}

/**
 * Shortens the gradients, all by the same factor, so that together they are not longer than maxNorm.
 *
 * @returns g1, g2, g3: the gradients, shortened where need be; norm: their length together before that, []
 */
export function clipByGlobalNorm(_input: ClipInput): { g1: tf.Tensor2D; g2: tf.Tensor2D; g3: tf.Tensor1D; norm: tf.Scalar } {
  throw new Error('05-vanishing-gradients: clipByGlobalNorm is still to be written');
}
