// Right, but without tf.tidy: everything made on the way stays in the device's memory.
import * as tf from '@tensorflow/tfjs';
export function elmanSequence({ x, h0, Wx, Wh, b }) {
  const projected = tf.unstack(
    tf
      .dot(x.reshape([-1, Wx.shape[0]]), Wx)
      .add(b)
      .reshape([...x.shape.slice(0, 2), b.size]),
    1,
  );
  let h = h0;
  const states = projected.map((z) => (h = tf.tanh(h.matMul(Wh).add(z))));
  return { h: tf.stack(states, 1), hT: h.clone() };
}
