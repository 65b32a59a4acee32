// Keeps each state before its step instead of after it, so that h is one step late.
import * as tf from '@tensorflow/tfjs';
export function elmanSequence({ x, h0, Wx, Wh, b }) {
  return tf.tidy(() => {
    let h = h0;
    const states = [];
    for (const xt of tf.unstack(x, 1)) {
      states.push(h);
      h = tf.tanh(xt.matMul(Wx).add(h.matMul(Wh)).add(b));
    }
    return { h: tf.stack(states, 1), hT: h };
  });
}
