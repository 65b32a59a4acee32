// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, positions `T`, size of a query `Q`, of a key `K`, of a value `D`, and units of the scoring network `A`. */
export interface AdditiveAttentionInput {
  readonly query: tf.Tensor2D; // [B, Q] what each sequence is asked
  readonly keys: tf.Tensor3D; // [B, T, K] what each position is found by
  readonly values: tf.Tensor3D; // [B, T, D] what each position has to say
  readonly Wq: tf.Tensor2D; // [Q, A] from the query to the scoring network
  readonly Wk: tf.Tensor2D; // [K, A] from a key to the scoring network
  readonly v: tf.Tensor1D; // [A] from the scoring network to the score
  readonly lengths: tf.Tensor1D; // [B] int32, how many positions of each sequence are real, 1 to T; the rest is padding
}

export interface AdditiveAttentionAnswer {
  readonly context: tf.Tensor2D; // [B, D]
  readonly weights: tf.Tensor2D; // [B, T]
}

/**
 * Additive attention, one key at a time: score[t] = tanh(query Wq + keys[t] Wk) v, and a softmax over the real positions.
 *
 * @returns context: the average of the values under the weights, [B, D]; weights: one for every position, 0 for padding, [B, T]
 */
export function additiveAttentionSequential(_input: AdditiveAttentionInput): AdditiveAttentionAnswer {
  throw new Error('09-additive-attention: additiveAttentionSequential is still to be written');
}

/**
 * The same with all keys at once.
 *
 * @returns context: the average of the values under the weights, [B, D]; weights: one for every position, 0 for padding, [B, T]
 */
export function additiveAttentionParallel(_input: AdditiveAttentionInput): AdditiveAttentionAnswer {
  throw new Error('09-additive-attention: additiveAttentionParallel is still to be written');
}
