import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. */
export interface ElmanInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
}

export interface ElmanBackwardInput extends ElmanInput {
  readonly dh: tf.Tensor3D; // [B, T, H] the gradient of the loss by every state, as the loss itself sees it
  readonly window?: number; // steps in one piece of the truncated form; without it the sequence is one piece
}

/** The gradient of the loss by each of the five inputs, in the shape of that input. */
export interface ElmanGradients {
  readonly dx: tf.Tensor3D; // [B, T, I]
  readonly dh0: tf.Tensor2D; // [B, H]
  readonly dWx: tf.Tensor2D; // [I, H]
  readonly dWh: tf.Tensor2D; // [H, H]
  readonly db: tf.Tensor1D; // [H]
}

/**
 * The Elman network over a whole sequence, as in exercise 2: h[t] = tanh(x[t] Wx + h[t-1] Wh + b).
 *
 * @returns h: every state, [B, T, H]; hT: the state after the last step, [B, H]
 */
export function elmanSequence(_input: ElmanInput): { h: tf.Tensor3D; hT: tf.Tensor2D } {
  throw new Error('04-backpropagation-through-time: elmanSequence is still to be written');
}

/**
 * Backpropagation through time, by hand: from dh, back over the steps, to the gradients of the loss by all five inputs. With a window the
 * gradient does not cross from one piece of `window` steps into the piece before it.
 */
export function elmanBackward(_input: ElmanBackwardInput): ElmanGradients {
  throw new Error('04-backpropagation-through-time: elmanBackward is still to be written');
}
