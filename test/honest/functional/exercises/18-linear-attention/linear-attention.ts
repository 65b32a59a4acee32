// Running sums by tf.cumsum along the last axis, which time is moved to: all states at once, and phi out of two relus.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly q: tf.Tensor4D; // [B, N, T, d]
  readonly k: tf.Tensor4D; // [B, N, T, d]
  readonly v: tf.Tensor4D; // [B, N, T, M]
}

const phi = (x: tf.Tensor) => tf.relu(x).add(tf.exp(tf.neg(tf.relu(tf.neg(x)))));

export function linearAttentionParallel({ q, k, v }: Input) {
  return tf.tidy(() => {
    const [queries, keys, values] = [phi(q), phi(k), v].map((x) => x.transpose([0, 1, 3, 2])) as [tf.Tensor, tf.Tensor, tf.Tensor]; // [B, N, d, T]
    const written = keys.expandDims(3).mul(values.expandDims(2)); // [B, N, d, M, T]
    const S = tf.cumsum(written, 4);
    const z = tf.cumsum(keys, 3); // [B, N, d, T]
    const read = S.mul(queries.expandDims(3)).sum(2); // [B, N, M, T]
    return { out: read.div(z.mul(queries).sum(2, true)).transpose([0, 1, 3, 2]) };
  });
}

export function linearAttentionSequential({ q, k, v }: Input) {
  return tf.tidy(() => {
    const [queries, keys, values] = [phi(q), phi(k), v].map((x) => x.unstack(2)) as [tf.Tensor[], tf.Tensor[], tf.Tensor[]]; // T of [B, N, d]
    let state = { S: tf.zeros([1]), z: tf.zeros([1]) };
    const outs = queries.map((query, t) => {
      const { S, z, out } = tf.tidy(() => {
        const S = state.S.add(keys[t].expandDims(-1).mul(values[t].expandDims(-2))); // [B, N, d, M]
        const z = state.z.add(keys[t]); // [B, N, d]
        const out = query.expandDims(-1).mul(S).sum(-2).div(query.mul(z).sum(-1, true)); // [B, N, M]
        return { S, z, out };
      });
      tf.dispose(state);
      state = { S, z };
      return out;
    });
    return { out: tf.stack(outs, 2) };
  });
}
