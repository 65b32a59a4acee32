import * as tf from '@tensorflow/tfjs';

/** What is known of the attention of some queries after some tiles. Shapes: sequences `B`, heads `N`, queries `T`, size of one head `d`. */
export type AttentionState = {
  readonly m: tf.Tensor3D; // [B, N, T] the largest score so far; -1e30 before the first tile
  readonly l: tf.Tensor3D; // [B, N, T] the sum of exp(score - m) so far; 0 before the first tile
  readonly acc: tf.Tensor4D; // [B, N, T, d] the sum of exp(score - m) times the value so far; 0 before the first tile
};

/** The state before a tile, and one tile of `S` keys and values. */
export interface AttendTileInput extends AttentionState {
  readonly q: tf.Tensor4D; // [B, N, T, d] the queries
  readonly k: tf.Tensor4D; // [B, N, S, d] the keys of this tile
  readonly v: tf.Tensor4D; // [B, N, S, d] the values of this tile
}

/** Whole sequences of `T` positions. */
export interface TiledAttentionInput {
  readonly q: tf.Tensor4D; // [B, N, T, d] the queries
  readonly k: tf.Tensor4D; // [B, N, T, d] the keys
  readonly v: tf.Tensor4D; // [B, N, T, d] the values
  readonly tile?: number; // keys in one tile; 128 where nothing is said. The last tile may be shorter
}

/** One chunk of `T` steps of the recurrence h[t] = a[t] h[t-1] + b[t], with `H` channels. */
export interface ScanChunkInput {
  readonly a: tf.Tensor3D; // [B, T, H] how much of the old state to keep
  readonly b: tf.Tensor3D; // [B, T, H] what to add
  readonly h: tf.Tensor2D; // [B, H] the state before the chunk
}

/**
 * Folds one tile of keys and values into what is known of these queries. Every score is q k^T / sqrt(d); no mask.
 *
 * @returns m, l and acc after the tile, with the shapes they had before it
 */
export function attendTile(_input: AttendTileInput): AttentionState {
  throw new Error('19-tiled-attention: attendTile is still to be written');
}

/**
 * Attention, not causal, that never holds more than one tile of scores: [B, N, T, tile] in place of [B, N, T, T].
 *
 * @returns out: softmax(q k^T / sqrt(d)) v, [B, N, T, d]; lse: for each query the logarithm of the sum of its exponentials, [B, N, T]
 */
export function tiledAttention(_input: TiledAttentionInput): { out: tf.Tensor4D; lse: tf.Tensor3D } {
  throw new Error('19-tiled-attention: tiledAttention is still to be written');
}

/**
 * The linear recurrence over one chunk, all its steps joined in about log2(T) rounds.
 *
 * @returns h: the state after the last step of the chunk, [B, H], to begin the next chunk with
 */
export function scanChunk(_input: ScanChunkInput): { h: tf.Tensor2D } {
  throw new Error('19-tiled-attention: scanChunk is still to be written');
}
