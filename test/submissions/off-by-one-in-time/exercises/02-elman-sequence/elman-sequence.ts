// Keeps each state before its step instead of after it, so that h is one step late.
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
    let h = h0;
    const states: tf.Tensor2D[] = [];
    for (const xt of tf.unstack(x, 1)) {
      states.push(h);
      h = tf.tanh(xt.matMul(Wx).add(h.matMul(Wh)).add(b)) as tf.Tensor2D;
    }
    return { h: tf.stack(states, 1), hT: h };
  });
}
