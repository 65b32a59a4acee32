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
 * Shazeer 2019, "Fast transformer decoding: one write-head is all you need", section 2.4, with one head: the token at position p appends its
 * key and its value to the cache and attends to it, softmax(q[p] K[0..p]^T / sqrt(d)) V[0..p] Wo. No mask: the future is not in the cache yet.
 */
export function cachedAttentionSequential({ x, PE, Wq, Wk, Wv, Wo, K: oldK, V: oldV }: CachedAttentionInput): CachedAttentionAnswer {
  return tf.tidy(() => {
    const [t, d] = [oldK?.shape[1] ?? 0, Wq.shape[1]];
    let [K, V] = [oldK, oldV]; // [B, t + i, d]
    const outs = tf.unstack(x, 1).map((xi, i) => {
      const z = tf.add<tf.Tensor2D>(xi, tf.slice(PE, [t + i, 0], [1, -1])); // [B, D]
      const [q, k, v] = [Wq, Wk, Wv].map((W) => tf.expandDims<tf.Tensor3D>(tf.matMul(z, W), 1)); // [B, 1, d]
      [K, V] = [append(K, k), append(V, v)]; // [B, t + i + 1, d]
      const scores = tf.div(tf.matMul(q, K, false, true), Math.sqrt(d)); // [B, 1, t + i + 1]
      return project(tf.matMul(tf.softmax(scores), V), Wo); // [B, 1, D]
    });
    return { out: tf.concat(outs, 1), K: K as tf.Tensor3D, V: V as tf.Tensor3D }; // [B, n, D] and [B, t + n, d]
  });
}

/**
 * The same for all new tokens at once: Vaswani et al. 2017, "Attention is all you need", section 3.2.3, where the first query stands at position t.
 * The mask is a rectangle of n rows and t + n columns: nothing cached is hidden, and of the new tokens those after one's own.
 */
export function cachedAttentionParallel({ x, PE, Wq, Wk, Wv, Wo, K: oldK, V: oldV }: CachedAttentionInput): CachedAttentionAnswer {
  return tf.tidy(() => {
    const [t, n, d] = [oldK?.shape[1] ?? 0, x.shape[1], Wq.shape[1]];
    const z = tf.add<tf.Tensor3D>(x, tf.slice(PE, [t, 0], [n, -1])); // [B, n, D]
    const [q, k, v] = [Wq, Wk, Wv].map((W) => project(z, W)); // [B, n, d]
    const [K, V] = [append(oldK, k), append(oldV, v)]; // [B, t + n, d]
    const future = tf.greater(tf.range(0, t + n), tf.expandDims(tf.range(t, t + n), 1)); // [n, t + n] true where key s lies after position t + i
    const mask = tf.mul(tf.cast(future, 'float32'), -1e30); // [n, t + n]
    const scores = tf.div(tf.matMul(q, K, false, true), Math.sqrt(d)); // [B, n, t + n]
    return { out: project(tf.matMul(tf.softmax(tf.add(scores, mask)), V), Wo), K, V }; // [B, n, D] and [B, t + n, d]
  });
}

/** The cache with new rows at its end; where there is no cache yet, the new rows are it. */
function append(cache: tf.Tensor3D | undefined, rows: tf.Tensor3D): tf.Tensor3D {
  return cache === undefined ? rows : tf.concat([cache, rows], 1); // [B, t + n, d]
}

/** x W for every token; in two dimensions, because the product of [B, n, D] with [D, d] has no gradient by W in TensorFlow.js. */
function project(x: tf.Tensor3D, W: tf.Tensor2D): tf.Tensor3D {
  const [B, n, rows] = x.shape;
  return tf.reshape(tf.matMul(tf.reshape(x, [B * n, rows]), W), [B, n, W.shape[1]]);
}
