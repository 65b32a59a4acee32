// Handed in as it came: nothing was written.
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
 * The minimal GRU: h[t] = (1 - z[t]) * h[t-1] + z[t] * n[t], one step after the other.
 *
 * @returns h: every state, [B, T, H]
 */
export function minGruSequential(_input: MinGruInput): { h: tf.Tensor3D } {
  throw new Error('17-mingru: minGruSequential is still to be written');
}

/**
 * The same states in about log2(T) rounds, each of which works on all steps at once.
 *
 * @returns h: every state, [B, T, H]
 */
export function minGruParallel(_input: MinGruInput): { h: tf.Tensor3D } {
  throw new Error('17-mingru: minGruParallel is still to be written');
}
