// Declares the state as a constant and then gives it a new value at every step, which no compiler lets pass.
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
    const h: tf.Tensor = h0;
    const states: tf.Tensor[] = [];
    for (const xt of tf.unstack(x, 1)) {
      h = tf.tanh(xt.matMul(Wx).add(h.matMul(Wh)).add(b));
      states.push(h);
    }
    return { h: tf.stack(states, 1), hT: h };
  });
}
