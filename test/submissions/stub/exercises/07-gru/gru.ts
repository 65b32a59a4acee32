// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. The `3H` columns are three blocks of `H` in the order r, z, n. */
export interface GruInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, 3H] from the input to the two gates and the candidate
  readonly Wh: tf.Tensor2D; // [H, 3H] from the old state to the two gates and the candidate
  readonly bx: tf.Tensor1D; // [3H] the biases beside the input
  readonly bh: tf.Tensor1D; // [3H] the biases beside the state
}

/**
 * The GRU over a whole sequence, with the reset gate after the product: h[t] = (1 - z[t]) n[t] + z[t] h[t-1], one step after the other.
 *
 * @returns h: every state, [B, T, H]; hT: the state after the last step, [B, H]
 */
export function gru(_input: GruInput): { h: tf.Tensor3D; hT: tf.Tensor2D } {
  throw new Error('07-gru: gru is still to be written');
}
