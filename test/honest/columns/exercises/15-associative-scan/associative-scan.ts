// Each step as a matrix of two by two, [[a, b], [0, 1]], joined by matrix products in doubling spans; h0 is folded into the first.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly a: tf.Tensor3D; // [B, T, H]
  readonly b: tf.Tensor3D; // [B, T, H]
  readonly h0: tf.Tensor2D; // [B, H]
}

export function linearRecurrenceParallel({ a, b, h0 }: Input) {
  return tf.tidy(() => {
    const [B, T, H] = a.shape;
    const upper = tf.stack([a, b], -1); // [B, T, H, 2]
    const lower = tf.stack([tf.zerosLike(a), tf.onesLike(a)], -1);
    let M = tf.stack([upper, lower], -2).reshape([B, T, H * 4]); // [B, T, H 2 2]
    const asMatrices = (x: tf.Tensor) => x.reshape([B, -1, H, 2, 2]);
    for (let span = 1; span < T; span = span + span) {
      const joined = tf.matMul(
        asMatrices(M.slice([0, span, 0], [B, T - span, 4 * H])),
        asMatrices(M.slice([0, 0, 0], [B, T - span, 4 * H])),
      );
      M = tf.concat([M.slice([0, 0, 0], [B, span, 4 * H]), joined.reshape([B, T - span, 4 * H])], 1);
    }
    const start = tf.stack([h0, tf.onesLike(h0)], -1).reshape([B, 1, H, 1, 2]); // [h0, 1]
    const h = asMatrices(M).mul(start).sum(-1); // [B, T, H, 2]
    return { h: h.slice([0, 0, 0, 0], [B, T, H, 1]).reshape([B, T, H]) };
  });
}

export function linearRecurrenceSequential(input: Input) {
  return tf.tidy(() => {
    const step = (h: tf.Tensor2D, t: number): tf.Tensor => {
      const at = (x: tf.Tensor3D) => tf.squeeze(tf.slice(x, [0, t, 0], [-1, 1, -1]), [1]);
      return at(input.a).mul(h).add(at(input.b));
    };
    let h = input.h0;
    const states: tf.Tensor[] = [];
    for (let t = 0; t < input.a.shape[1]; t++) states.push((h = step(h, t) as tf.Tensor2D));
    return { h: tf.stack(states, 1) };
  });
}
