// Right: the second exercise was begun, the other two were not handed in.
import * as tf from '@tensorflow/tfjs';
export function runningSumSequential({ x }) {
  return tf.tidy(() => {
    let s = tf.zerosLike(tf.unstack(x, 1)[0]);
    return {
      s: tf.stack(
        tf.unstack(x, 1).map((xt) => (s = s.add(xt))),
        1,
      ),
    };
  });
}
export function runningSumParallel({ x }) {
  return tf.tidy(() => {
    const T = x.shape[1];
    return { s: tf.matMul(tf.linalg.bandPart(tf.ones([T, T]), -1, 0), x) };
  });
}
