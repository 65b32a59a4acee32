// The hoisted product the other way round: column vectors, time last.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, I]
  readonly h0: tf.Tensor2D; // [B, H]
  readonly Wx: tf.Tensor2D; // [I, H]
  readonly Wh: tf.Tensor2D; // [H, H]
  readonly b: tf.Tensor1D; // [H]
}

export function elmanParallel({ x, h0, Wx, Wh, b }: Input) {
  return tf.tidy(() => {
    const [B, T, I] = x.shape;
    const projected = tf.matMul(Wx, x.reshape([B * T, I]), true, true).add(b.expandDims(1)); // [H, B T]
    const columns = projected.reshape([b.shape[0], B, T]).unstack(2); // T of [H, B]
    let h: tf.Tensor = h0.transpose(); // [H, B]
    const W = Wh.transpose();
    const states = columns.map((a) => (h = W.matMul(h).add(a).tanh()));
    return { h: tf.stack(states, 2).transpose([1, 2, 0]), hT: h.transpose() };
  });
}

export function elmanSequential(input: Input) {
  return tf.tidy(() => {
    const { x, h0, Wx, Wh, b } = input;
    const states = [h0 as tf.Tensor];
    for (const xT of x.unstack(1)) states.push(tf.addN([xT.matMul(Wx), states.at(-1)!.matMul(Wh), tf.zerosLike(h0).add(b)]).tanh());
    const [, ...h] = states;
    return { h: tf.stack(h, 1), hT: h.at(-1) };
  });
}
