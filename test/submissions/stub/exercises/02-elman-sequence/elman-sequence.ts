// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. */
export interface ElmanSequenceInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
}

/**
 * The Elman network over a whole sequence: h[t] = tanh(x[t] Wx + h[t-1] Wh + b), one step after the other.
 *
 * @returns h: every state, [B, T, H]; hT: the state after the last step, [B, H]
 */
export function elmanSequence(_input: ElmanSequenceInput): { h: tf.Tensor3D; hT: tf.Tensor2D } {
  throw new Error('02-elman-sequence: elmanSequence is still to be written');
}
