// Works in blocks, and a block of half of one step is no step at all: it never ends with more than eight steps.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, I]
  readonly h0: tf.Tensor2D; // [B, H]
  readonly Wx: tf.Tensor2D; // [I, H]
  readonly Wh: tf.Tensor2D; // [H, H]
  readonly b: tf.Tensor1D; // [H]
}

export function elmanSequence({ x, h0, Wx, Wh, b }: Input) {
  return tf.tidy(() => {
    const steps = tf.unstack(x, 1);
    let h: tf.Tensor2D = h0;
    const states: tf.Tensor2D[] = [];
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
