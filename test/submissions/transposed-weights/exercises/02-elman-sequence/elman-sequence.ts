// Multiplies the state with the transpose of Wh, as a book with column vectors would write it.
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
    let h: tf.Tensor = h0;
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
