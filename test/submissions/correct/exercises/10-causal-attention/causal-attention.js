// Right, in another way: weighted sums without a product of matrices in the loop, and scores of minus infinity by tf.where.
import * as tf from '@tensorflow/tfjs';
export function causalAttentionSequential({ q, k, v }) {
  return tf.tidy(() => {
    const outs = [];
    for (let t = 0; t < q.shape[2]; t++) {
      const seen = (x) => x.slice([0, 0, 0, 0], [-1, -1, t + 1, -1]);
      const scores = q.slice([0, 0, t, 0], [-1, -1, 1, -1]).mul(seen(k)).sum(3).div(Math.sqrt(q.shape[3])); // [B, N, t + 1]
      outs.push(scores.softmax().expandDims(3).mul(seen(v)).sum(2)); // [B, N, d]
    }
    return { out: tf.stack(outs, 2) };
  });
}
export function causalAttentionParallel({ q, k, v }) {
  return tf.tidy(() => {
    const T = q.shape[2];
    const past = tf.linalg.bandPart(tf.ones([T, T]), -1, 0).cast('bool'); // [T, T] on and below the diagonal
    const scores = tf.matMul(q.div(Math.sqrt(q.shape[3])), k.transpose([0, 1, 3, 2])); // [B, N, T, T]
    return { out: tf.where(past, scores, tf.scalar(-Infinity)).softmax().matMul(v) };
  });
}
