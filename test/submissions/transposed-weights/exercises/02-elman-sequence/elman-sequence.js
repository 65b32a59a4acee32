// Multiplies the state with the transpose of Wh, as a book with column vectors would write it.
import * as tf from '@tensorflow/tfjs';
export function elmanSequence({ x, h0, Wx, Wh, b }) {
  return tf.tidy(() => {
    let h = h0;
    const states = tf.unstack(x, 1).map(
      (xt) =>
        (h = tf.tanh(
          xt
            .matMul(Wx)
            .add(h.matMul(Wh, false, true))
            .add(b),
        )),
    );
    return { h: tf.stack(states, 1), hT: h };
  });
}
