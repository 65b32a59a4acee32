import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, heads `N`, positions `T`, size of a query and a key `d`, size of a value `M`. */
export interface LinearAttentionInput {
  readonly q: tf.Tensor4D; // [B, N, T, d] what each position asks for
  readonly k: tf.Tensor4D; // [B, N, T, d] what each position is found by
  readonly v: tf.Tensor4D; // [B, N, T, M] what each position has to say
}

/**
 * Causal linear attention as a recurrence: S[t] = S[t-1] + phi(k[t])^T v[t] and z[t] = z[t-1] + phi(k[t]), one position after the other.
 *
 * @returns out: phi(q[t]) S[t] / (phi(q[t]) . z[t]) for every position, [B, N, T, M]
 */
export function linearAttentionSequential(_input: LinearAttentionInput): { out: tf.Tensor4D } {
  throw new Error('18-linear-attention: linearAttentionSequential is still to be written');
}

/**
 * The same for all positions at once.
 *
 * @returns out: for every position an average of the values up to its own, [B, N, T, M]
 */
export function linearAttentionParallel(_input: LinearAttentionInput): { out: tf.Tensor4D } {
  throw new Error('18-linear-attention: linearAttentionParallel is still to be written');
}
