// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. The `4H` columns are four blocks of `H` in the order i, f, g, o. */
export interface LstmInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly c0: tf.Tensor2D; // [B, H] the cell before the first step
  readonly Wx: tf.Tensor2D; // [I, 4H] from the input to the three gates and the candidate
  readonly Wh: tf.Tensor2D; // [H, 4H] from the old state to the three gates and the candidate
  readonly b: tf.Tensor1D; // [4H] their biases
}

/**
 * The LSTM over a whole sequence: c[t] = f[t] c[t-1] + i[t] g[t] and h[t] = o[t] tanh(c[t]), one step after the other.
 *
 * @returns h: every state, [B, T, H]; hT and cT: state and cell after the last step, [B, H] each
 */
export function lstm(_input: LstmInput): { h: tf.Tensor3D; hT: tf.Tensor2D; cT: tf.Tensor2D } {
  throw new Error('06-lstm: lstm is still to be written');
}
