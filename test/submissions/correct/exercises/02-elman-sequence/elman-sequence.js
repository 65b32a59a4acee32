// Right, in another way: input and state side by side, so that one product with the stacked weights makes a whole step.
import * as tf from '@tensorflow/tfjs';
export function elmanSequence({ x, h0, Wx, Wh, b }) {
  return tf.tidy(() => {
    const [B, T, I] = x.shape;
    const W = tf.concat([Wx, Wh], 0); // [I + H, H]
    let h = h0;
    const states = [];
    for (let t = 0; t < T; t++) {
      const xt = x.slice([0, t, 0], [B, 1, I]).reshape([B, I]);
      h = tf.tanh(tf.concat([xt, h], 1).matMul(W).add(b));
      states.push(tf.expandDims(h, 1));
    }
    return { h: tf.concat(states, 1), hT: h };
  });
}
