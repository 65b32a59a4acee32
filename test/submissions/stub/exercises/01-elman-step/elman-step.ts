// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, input size `I`, hidden size `H`. */
export interface ElmanStepInput {
  readonly x: tf.Tensor2D; // [B, I] the input of this step
  readonly h: tf.Tensor2D; // [B, H] the state before this step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
}

/**
 * One step of the Elman network: from the old state h and the input x the new state tanh(x Wx + h Wh + b).
 *
 * @returns h: the state after this step, [B, H]
 */
export function elmanStep(_input: ElmanStepInput): { h: tf.Tensor2D } {
  throw new Error('01-elman-step: elmanStep is still to be written');
}
