// Works in blocks, and a block of half of one step is no step at all: it never ends with more than eight steps.
import * as tf from '@tensorflow/tfjs';
export function elmanSequence({ x, h0, Wx, Wh, b }) {
  return tf.tidy(() => {
    const steps = tf.unstack(x, 1);
    let h = h0;
    const states = [];
    while (states.length < steps.length) {
      const left = steps.length - states.length;
      const block = left > 8 ? Math.floor((left - 8) / 2) : left;
      for (const xt of steps.slice(states.length, states.length + block)) {
        h = tf.tanh(xt.matMul(Wx).add(h.matMul(Wh)).add(b));
        states.push(h);
      }
    }
    return { h: tf.stack(states, 1), hT: h };
  });
}
