import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. */
export interface ElmanInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
}

/** Shapes: sequences `B`, steps `T`, hidden size `H`. */
export interface ElmanAnswer {
  readonly h: tf.Tensor3D; // [B, T, H] the state after every step
  readonly hT: tf.Tensor2D; // [B, H] the state after the last step
}

/**
 * The Elman network as the definition says it: each step multiplies its own input and the old state with their weights.
 *
 * @returns h: every state, [B, T, H]; hT: the state after the last step, [B, H]
 */
export function elmanSequential(_input: ElmanInput): ElmanAnswer {
  throw new Error('03-hoisted-projection: elmanSequential is still to be written');
}

/**
 * The same states with the inputs of all steps multiplied at once, before the loop.
 *
 * @returns h: every state, [B, T, H]; hT: the state after the last step, [B, H]
 */
export function elmanParallel(_input: ElmanInput): ElmanAnswer {
  throw new Error('03-hoisted-projection: elmanParallel is still to be written');
}
