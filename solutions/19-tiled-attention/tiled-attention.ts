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
 * Milakov and Gimelshein 2018, "Online normalizer calculation for softmax", algorithm 3, a tile at a time, with the weighted sum of values
 * carried along as in Dao et al. 2022, "FlashAttention", algorithm 1: m' = max(m, max_s e_s), l' = exp(m - m') l + sum_s exp(e_s - m'),
 * acc' = exp(m - m') acc + sum_s exp(e_s - m') v_s. Nothing is divided before the end (Dao 2023, "FlashAttention-2", section 3.1).
 */
export function attendTile({ q, k, v, m, l, acc }: AttendTileInput): AttentionState {
  return tf.tidy(() => {
    const d = q.shape[3];
    const e = tf.matMul(tf.div(q, Math.sqrt(d)), k, false, true); // [B, N, T, S]
    const mNew = tf.maximum<tf.Tensor3D>(m, tf.max(e, 3)); // [B, N, T]
    const p = tf.exp(tf.sub<tf.Tensor4D>(e, tf.expandDims(mNew, 3))); // [B, N, T, S]
    const rescale = tf.exp(tf.sub(m, mNew)); // [B, N, T] 1 where the maximum stayed, 0 for the first tile
    return {
      m: mNew,
      l: tf.add<tf.Tensor3D>(tf.mul(rescale, l), tf.sum(p, 3)), // [B, N, T]
      acc: tf.add<tf.Tensor4D>(tf.mul(tf.expandDims(rescale, 3), acc), tf.matMul(p, v)), // [B, N, T, d]
    };
  });
}

/** softmax(q k^T / sqrt(d)) v = acc / l and logsumexp = m + log(l), both after the last tile. */
export function tiledAttention({ q, k, v, tile = 128 }: TiledAttentionInput): { out: tf.Tensor4D; lse: tf.Tensor3D } {
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    let state: AttentionState = { m: tf.mul(tf.ones([B, N, T]), -1e30), l: tf.zeros([B, N, T]), acc: tf.zeros(q.shape) };
    for (let start = 0; start < T; start += tile) {
      const S = Math.min(tile, T - start);
      const next = tf.tidy(() => {
        const [keys, values] = [k, v].map((x) => tf.slice(x, [0, 0, start, 0], [B, N, S, d])); // [B, N, S, d]
        return attendTile({ q, k: keys, v: values, ...state });
      });
      tf.dispose(state); // the outer tidy would hold the state of every tile to its end
      state = next;
    }
    const { m, l, acc } = state;
    return { out: tf.div<tf.Tensor4D>(acc, tf.expandDims(l, 3)), lse: tf.add<tf.Tensor3D>(m, tf.log(l)) };
  });
}

/**
 * Blelloch 1990, "Prefix sums and their applications", section 1.4.1: one step is the map h -> a h + b, and two steps after one another are again
 * such a map, (a1, b1) then (a2, b2) = (a2 a1, a2 b1 + b2). Only the last state is wanted, so neighbours are joined and the number of
 * maps is halved until one is left: about T joinings in log2(T) rounds.
 */
export function scanChunk({ a, b, h }: ScanChunkInput): { h: tf.Tensor2D } {
  return tf.tidy(() => {
    let [A, Bs] = [a, b]; // [B, T, H] the map of one step, of two, of four
    while (A.shape[1] > 1) {
      const [[a1, a2], [b1, b2]] = [neighbours(A, 1), neighbours(Bs, 0)]; // an odd last map is joined with the one that does nothing: (1, 0)
      A = tf.mul(a2, a1);
      Bs = tf.add(tf.mul(a2, b1), b2);
    }
    const [alpha, beta] = [tf.squeeze<tf.Tensor2D>(A, [1]), tf.squeeze<tf.Tensor2D>(Bs, [1])]; // [B, H]
    return { h: tf.add(tf.mul(alpha, h), beta) };
  });
}

/** The first and the second of every two neighbours in time: [B, T, H] to twice [B, ceil(T / 2), H]. */
function neighbours(x: tf.Tensor3D, fill: number): [tf.Tensor3D, tf.Tensor3D] {
  const [B, T, H] = x.shape;
  const [pairs, none] = [Math.ceil(T / 2), [0, 0] as [number, number]];
  const even = T % 2 === 0 ? x : tf.pad(x, [none, [0, 1], none], fill);
  const side = tf.reshape<tf.Rank.R3>(even, [B, pairs, 2 * H]); // neighbours side by side
  return [tf.slice(side, [0, 0, 0], [B, pairs, H]), tf.slice(side, [0, 0, H], [B, pairs, H])];
}
