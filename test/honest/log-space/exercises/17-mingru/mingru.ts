// The scan of the paper's appendix B, in logarithms: shares are differences of running sums of log(1 - z), in a table of T by T.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, I]
  readonly h0: tf.Tensor2D; // [B, H]
  readonly Wz: tf.Tensor2D; // [I, H]
  readonly bz: tf.Tensor1D; // [H]
  readonly Wh: tf.Tensor2D; // [I, H]
  readonly bh: tf.Tensor1D; // [H]
}

const linear = ({ x }: Input, W: tf.Tensor2D, bias: tf.Tensor1D) => {
  const [B, T, I] = x.shape;
  return x
    .reshape([B * T, I])
    .matMul(W)
    .add(bias)
    .reshape([B, T, bias.shape[0]]);
};

export function minGruParallel(input: Input) {
  return tf.tidy(() => {
    const T = input.x.shape[1];
    const score = linear(input, input.Wz, input.bz).transpose([0, 2, 1]); // [B, H, T]
    const n = linear(input, input.Wh, input.bh).transpose([0, 2, 1]);
    const kept = tf.cumsum(tf.neg(tf.softplus(score)), 2); // [B, H, T] log of the product of all 1 - z so far
    const past = tf.linalg.bandPart(tf.ones([T, T]), -1, 0);
    const shares = kept.expandDims(3).sub(kept.expandDims(2)).mul(past).exp().mul(past); // [B, H, T, T]
    const added = score.sigmoid().mul(n).expandDims(3); // [B, H, T, 1]
    const h = tf
      .matMul(shares, added)
      .squeeze([3])
      .add(kept.exp().mul(input.h0.expandDims(2))); // [B, H, T]
    return { h: h.transpose([0, 2, 1]) };
  });
}

export function minGruSequential(input: Input) {
  return tf.tidy(() => {
    const z = linear(input, input.Wz, input.bz).sigmoid().unstack(1);
    const n = linear(input, input.Wh, input.bh).unstack(1);
    let h: tf.Tensor = input.h0;
    return {
      h: tf.stack(
        z.map((zT, t) => (h = h.add(zT.mul(n[t].sub(h))))),
        1,
      ),
    };
  });
}
