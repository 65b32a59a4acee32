// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, new tokens `n`, cached tokens `t`, model size `D`, head size `d`, positions in the table `L`. */
export interface CachedAttentionInput {
  readonly x: tf.Tensor3D; // [B, n, D] the new tokens
  readonly PE: tf.Tensor2D; // [L, D] row p is added to the token at position p; L is at least t + n
  readonly Wq: tf.Tensor2D; // [D, d] from a token to its query
  readonly Wk: tf.Tensor2D; // [D, d] from a token to its key
  readonly Wv: tf.Tensor2D; // [D, d] from a token to its value
  readonly Wo: tf.Tensor2D; // [d, D] from the averaged values to the answer
  readonly K?: tf.Tensor3D; // [B, t, d] keys of the tokens before; left out where nothing was read yet, then t = 0
  readonly V?: tf.Tensor3D; // [B, t, d] values of the tokens before; there if and only if K is there
}

/** An answer for each new token, and the cache as the next call will want it. */
export interface CachedAttentionAnswer {
  readonly out: tf.Tensor3D; // [B, n, D] an answer for each new token
  readonly K: tf.Tensor3D; // [B, t + n, d] the old keys and after them the new ones
  readonly V: tf.Tensor3D; // [B, t + n, d] the old values and after them the new ones
}

/**
 * Decoding: the new tokens one after the other. Each appends its key and its value to the cache, and then attends to all that is in it.
 *
 * @returns out: [B, n, D]; K and V: the grown cache, [B, t + n, d]
 */
export function cachedAttentionSequential(_input: CachedAttentionInput): CachedAttentionAnswer {
  throw new Error('14-kv-cache: cachedAttentionSequential is still to be written');
}

/**
 * Prefill: the same for all new tokens at once, with a mask that hides from each new token those that come after it.
 *
 * @returns out: [B, n, D]; K and V: the grown cache, [B, t + n, d]
 */
export function cachedAttentionParallel(_input: CachedAttentionInput): CachedAttentionAnswer {
  throw new Error('14-kv-cache: cachedAttentionParallel is still to be written');
}
