// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, heads `N`, positions `T`, size of one head `d`. */
export interface CausalAttentionInput {
  readonly q: tf.Tensor4D; // [B, N, T, d] what each position asks for
  readonly k: tf.Tensor4D; // [B, N, T, d] what each position is found by
  readonly v: tf.Tensor4D; // [B, N, T, d] what each position has to say
}

/**
 * Causal attention, one query at a time: out[t] = softmax(q[t] k[0..t]^T / sqrt(d)) v[0..t].
 *
 * @returns out: for every position an average of the values up to its own, [B, N, T, d]
 */
export function causalAttentionSequential(_input: CausalAttentionInput): { out: tf.Tensor4D } {
  throw new Error('10-causal-attention: causalAttentionSequential is still to be written');
}

/**
 * The same for all queries at once, with a mask in the place of the loop.
 *
 * @returns out: for every position an average of the values up to its own, [B, N, T, d]
 */
export function causalAttentionParallel(_input: CausalAttentionInput): { out: tf.Tensor4D } {
  throw new Error('10-causal-attention: causalAttentionParallel is still to be written');
}
