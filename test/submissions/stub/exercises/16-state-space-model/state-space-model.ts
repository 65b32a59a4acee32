// Handed in as it came: nothing was written.
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
 * The diagonal state-space model, one step after the other: h[t] = Abar h[t-1] + Bbar x[t], y[t] = C h[t] + Dskip x[t].
 *
 * @returns y: the answer of every step, [B, T, D]
 */
export function ssmSequential(_input: StateSpaceInput): { y: tf.Tensor3D } {
  throw new Error('16-state-space-model: ssmSequential is still to be written');
}

/**
 * The same by a scan: all states in about log2(T) rounds, and then all answers at once.
 *
 * @returns y: the answer of every step, [B, T, D]
 */
export function ssmParallel(_input: StateSpaceInput): { y: tf.Tensor3D } {
  throw new Error('16-state-space-model: ssmParallel is still to be written');
}

/**
 * The same without any states: each channel's input convolved with its kernel, K[r] = C Abar^r Bbar.
 *
 * @returns y: the answer of every step, [B, T, D]
 */
export function ssmConvolution(_input: StateSpaceInput): { y: tf.Tensor3D } {
  throw new Error('16-state-space-model: ssmConvolution is still to be written');
}
