// The doubling scan in blocks: within blocks of equal length first, then over the blocks' ends; gates by softplus.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, I]
  readonly h0: tf.Tensor2D; // [B, H]
  readonly Wz: tf.Tensor2D; // [I, H]
  readonly bz: tf.Tensor1D; // [H]
  readonly Wh: tf.Tensor2D; // [I, H]
  readonly bh: tf.Tensor1D; // [H]
}

/** h = a h + b over axis 2 of [B, K, T, H], each of K rows by itself, with nothing before it. */
function doubling(a: tf.Tensor, b: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const [B, K, T, H] = a.shape as [number, number, number, number];
  for (let span = 1; span < T; span *= 2) {
    const shifted = (x: tf.Tensor, fill: number) =>
      tf.pad(
        x.slice([0, 0, 0, 0], [B, K, T - span, H]),
        [
          [0, 0],
          [0, 0],
          [span, 0],
          [0, 0],
        ],
        fill,
      );
    [b, a] = [a.mul(shifted(b, 0)).add(b), a.mul(shifted(a, 1))];
  }
  return [a, b];
}

function makeGates({ x, Wz, bz, Wh, bh }: Input) {
  const [B, T, I] = x.shape;
  const H = bz.shape[0];
  const both = x
    .reshape([B * T, I])
    .matMul(tf.concat([Wz, Wh], 1))
    .add(tf.concat([bz, bh])); // [B T, 2 H]
  const [score, n] = both.reshape([B, T, 2 * H]).split(2, 2) as [tf.Tensor, tf.Tensor];
  return { keep: score.neg().sigmoid(), added: score.sigmoid().mul(n), B, T, H };
}

export function minGruParallel(input: Input) {
  return tf.tidy(() => {
    const { keep, added, B, T, H } = makeGates(input);
    const length = 2 ** Math.ceil(Math.log2(T) / 2); // of a block
    const blocks = Math.ceil(T / length);
    const cut = (x: tf.Tensor, fill: number) =>
      tf
        .pad(
          x,
          [
            [0, 0],
            [0, blocks * length - T],
            [0, 0],
          ],
          fill,
        )
        .reshape([B, blocks, length, H]);
    const [a, b] = doubling(cut(keep, 1), cut(added, 0)); // [B, blocks, length, H]
    const end = (x: tf.Tensor) => x.slice([0, 0, length - 1, 0], [B, blocks, 1, H]).reshape([B, 1, blocks, H]);
    const [A, sum] = doubling(end(a), end(b)); // [B, 1, blocks, H]
    const after = A.mul(input.h0.reshape([B, 1, 1, H])).add(sum); // [B, 1, blocks, H] the state after each block
    const before = tf
      .concat([input.h0.reshape([B, 1, 1, H]), after.slice([0, 0, 0, 0], [B, 1, blocks - 1, H])], 2)
      .reshape([B, blocks, 1, H]);
    return {
      h: a
        .mul(before)
        .add(b)
        .reshape([B, blocks * length, H])
        .slice([0, 0, 0], [B, T, H]),
    };
  });
}

export function minGruSequential(input: Input) {
  return tf.tidy(() => {
    const { keep, added } = makeGates(input);
    const [keeps, adds] = [keep.unstack(1), added.unstack(1)];
    let h: tf.Tensor = input.h0;
    return {
      h: tf.stack(
        keeps.map((keepT, t) => (h = h.mul(keepT).add(adds[t]))),
        1,
      ),
    };
  });
}
