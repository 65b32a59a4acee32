// Column vectors, as the textbooks have them: everything is transposed on the way in and back on the way out.
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
    const W = tf.concat([Wx, Wh], 0).transpose(); // [H, I + H] one product a step
    const bias = b.expandDims(1); // [H, 1]
    const [B, T, I] = x.shape;
    let h = h0.transpose(); // [H, B]
    let all: tf.Tensor | undefined; // [H, B, t]
    for (let t = 0; t < T; t++) {
      const xT = x.slice([0, t, 0], [B, 1, I]).reshape([B, I]).transpose(); // [I, B]
      h = W.matMul(tf.concat([xT, h], 0))
        .add(bias)
        .tanh();
      const column = h.expandDims(2);
      all = all === undefined ? column : tf.concat([all, column], 2);
    }
    return { h: all!.transpose([1, 2, 0]), hT: h.transpose() };
  });
}
