// The projection hoisted time-major, the weights folded with the bias, and the sequential pass with [x, h] joined.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, I]
  readonly h0: tf.Tensor2D; // [B, H]
  readonly Wx: tf.Tensor2D; // [I, H]
  readonly Wh: tf.Tensor2D; // [H, H]
  readonly b: tf.Tensor1D; // [H]
}

function scan<X>(steps: readonly X[], start: tf.Tensor, step: (h: tf.Tensor, x: X) => tf.Tensor) {
  const states: tf.Tensor[] = [];
  for (const x of steps) states.push(step(states.at(-1) ?? start, x));
  return { h: tf.stack(states, 1), hT: states.at(-1) };
}

export function elmanSequential({ x, h0, Wx, Wh, b }: Input) {
  return tf.tidy(() => {
    const W = tf.concat([Wx, Wh], 0); // [I + H, H]
    return scan(tf.unstack(x, 1), h0, (h, xT) => tf.concat([xT, h], 1).matMul(W).add(b).tanh());
  });
}

export function elmanParallel({ x, h0, Wx, Wh, b }: Input) {
  return tf.tidy(() => {
    const [B, T, I] = x.shape;
    const ones = tf.ones([T * B, 1]);
    const rows = tf.concat([x.transpose([1, 0, 2]).reshape([T * B, I]), ones], 1); // [T B, I + 1] time by time
    const projected = rows.matMul(tf.concat([Wx, b.expandDims(0)], 0)); // [T B, H]
    return scan(tf.unstack(projected.reshape([T, B, b.shape[0]])), h0, (h, a) => h.matMul(Wh).add(a).tanh());
  });
}
