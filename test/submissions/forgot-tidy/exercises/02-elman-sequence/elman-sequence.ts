// Right, but without tf.tidy: everything made on the way stays in the device's memory.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, I]
  readonly h0: tf.Tensor2D; // [B, H]
  readonly Wx: tf.Tensor2D; // [I, H]
  readonly Wh: tf.Tensor2D; // [H, H]
  readonly b: tf.Tensor1D; // [H]
}

export function elmanSequence({ x, h0, Wx, Wh, b }: Input) {
  const projected = tf.unstack(
    tf
      .dot(x.reshape([-1, Wx.shape[0]]), Wx)
      .add(b)
      .reshape([...x.shape.slice(0, 2), b.size]),
    1,
  );
  let h: tf.Tensor2D = h0;
  const states = projected.map((z) => (h = tf.tanh(h.matMul(Wh).add(z)) as tf.Tensor2D));
  return { h: tf.stack(states, 1), hT: h.clone() };
}
