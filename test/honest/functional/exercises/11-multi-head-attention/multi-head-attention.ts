// Heads as the first axis of everything, by split and stack, with one product for queries, keys and values together.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, D]
  readonly Wq: tf.Tensor2D; // [D, D]
  readonly Wk: tf.Tensor2D;
  readonly Wv: tf.Tensor2D;
  readonly Wo: tf.Tensor2D;
  readonly heads: number;
}

const times = (x: tf.Tensor, W: tf.Tensor) => {
  const [B, T, D] = x.shape as [number, number, number];
  return x
    .reshape([B * T, D])
    .matMul(W)
    .reshape([B, T, W.shape[1]!]);
};

function attend(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) {
  const [T, d] = q.shape.slice(-2) as [number, number];
  const past = tf.linalg.bandPart(tf.ones([T, T]), -1, 0); // [T, T]
  const scores = tf.matMul(q, k, false, true).div(Math.sqrt(d)).add(tf.sub(past, 1).mul(1e30));
  return tf.matMul(scores.softmax(), v);
}

export function multiHeadParallel({ x, Wq, Wk, Wv, Wo, heads }: Input) {
  return tf.tidy(() => {
    const [B, T, D] = x.shape;
    const fused = times(x, tf.concat([Wq, Wk, Wv], 1)); // [B, T, 3 D]
    const cut = fused.reshape([B, T, 3, heads, D / heads]).transpose([2, 3, 0, 1, 4]); // [3, N, B, T, d]
    const [q, k, v] = cut.unstack() as [tf.Tensor, tf.Tensor, tf.Tensor]; // [N, B, T, d]
    const joined = attend(q, k, v).transpose([1, 2, 0, 3]).reshape([B, T, D]);
    return { out: times(joined, Wo) };
  });
}

export function multiHeadSequential({ x, Wq, Wk, Wv, Wo, heads }: Input) {
  return tf.tidy(() => {
    const parts = [Wq, Wk, Wv].map((W) => tf.split(times(x, W), heads, 2)) as [tf.Tensor[], tf.Tensor[], tf.Tensor[]];
    const rows = tf.split(Wo, heads, 0); // N of [d, D]: each head adds its own share of the answer
    const shares = rows.map((W, j) => times(attend(parts[0][j], parts[1][j], parts[2][j]), W));
    return { out: tf.addN(shares) };
  });
}
