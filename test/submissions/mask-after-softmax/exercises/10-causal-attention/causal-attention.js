// Zeroes the weights of the future after the softmax, so that the rest no longer add up to one.
import * as tf from '@tensorflow/tfjs';
export function causalAttentionSequential({ q, k, v }) {
  return tf.tidy(() => {
    const d = q.shape[3];
    const outs = tf.split(q, q.shape[2], 2).map((query, t) => {
      const scores = tf.matMul(query, k.slice([0, 0, 0, 0], [-1, -1, t + 1, -1]), false, true).div(Math.sqrt(d));
      return tf.softmax(scores).matMul(v.slice([0, 0, 0, 0], [-1, -1, t + 1, -1]));
    });
    return { out: tf.concat(outs, 2) };
  });
}
export function causalAttentionParallel({ q, k, v }) {
  return tf.tidy(() => {
    const [T, d] = q.shape.slice(2);
    const past = tf.linalg.bandPart(tf.ones([T, T]), -1, 0);
    const weights = tf.softmax(tf.matMul(q, k, false, true).div(Math.sqrt(d)));
    return { out: weights.mul(past).matMul(v) };
  });
}
