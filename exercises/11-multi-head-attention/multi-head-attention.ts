import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, positions `T`, model size `D`, heads `N`, size of one head `d` = `D` / `N`. */
export interface MultiHeadInput {
  readonly x: tf.Tensor3D; // [B, T, D] one row for each position
  readonly Wq: tf.Tensor2D; // [D, D] from a row to its queries, d columns for each head
  readonly Wk: tf.Tensor2D; // [D, D] from a row to its keys
  readonly Wv: tf.Tensor2D; // [D, D] from a row to its values
  readonly Wo: tf.Tensor2D; // [D, D] from the answers of all heads to one row, d rows for each head
  readonly heads: number; // N, a plain number that divides D
}

/**
 * Causal multi-head attention, one head after the other: out = concat(head 0, ..., head N - 1) Wo.
 *
 * @returns out: one row for each position, [B, T, D]
 */
export function multiHeadSequential(_input: MultiHeadInput): { out: tf.Tensor3D } {
  throw new Error('11-multi-head-attention: multiHeadSequential is still to be written');
}

/**
 * The same with all heads at once: as many operations for sixteen heads as for one.
 *
 * @returns out: one row for each position, [B, T, D]
 */
export function multiHeadParallel(_input: MultiHeadInput): { out: tf.Tensor3D } {
  throw new Error('11-multi-head-attention: multiHeadParallel is still to be written');
}
