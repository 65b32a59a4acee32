// The parallel pass as a table of all powers of Abar, T by T, as attention would have it; the convolution by a table of differences.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, D]
  readonly A: tf.Tensor2D; // [D, H]
  readonly Bm: tf.Tensor2D; // [D, H]
  readonly C: tf.Tensor2D; // [D, H]
  readonly Dskip: tf.Tensor1D; // [D]
  readonly dt: tf.Tensor1D; // [D]
}

function discretise({ A, Bm, dt }: Input) {
  const rate = A.mul(dt.expandDims(-1)); // [D, H]
  return { rate, Bbar: rate.exp().sub(1).div(A).mul(Bm) };
}

/** All weights of x[s] in y[t], [D, T, T]. */
function table(input: Input) {
  const T = input.x.shape[1];
  const { rate, Bbar } = discretise(input);
  const [t, s] = [tf.range(0, T).expandDims(1), tf.range(0, T)];
  const distance = tf.relu(t.sub(s)); // [T, T] 0 for the future
  const past = tf.cast(tf.greaterEqual(t, s), 'float32');
  const powers = rate.expandDims(-1).expandDims(-1).mul(distance).exp(); // [D, H, T, T]
  const weights = input.C.mul(Bbar).expandDims(-1).expandDims(-1); // [D, H, 1, 1]
  return powers.mul(weights).sum(1).mul(past);
}

export function ssmParallel(input: Input) {
  return tf.tidy(() => {
    const y = tf.matMul(table(input), input.x.transpose([2, 1, 0])); // [D, T, B]
    return { y: y.transpose([2, 1, 0]).add(input.x.mul(input.Dskip)) };
  });
}

export function ssmConvolution(input: Input, pass = ssmParallel) {
  return pass(input);
}

export function ssmSequential(input: Input) {
  return tf.tidy(() => {
    const { rate, Bbar } = discretise(input);
    const Abar = rate.exp();
    let h: tf.Tensor = tf.zeros([input.x.shape[0], ...input.A.shape]);
    const ys = input.x.unstack(1).map((xT) => {
      h = h.mul(Abar).add(xT.expandDims(-1).mul(Bbar));
      return h.mul(input.C).sum(-1).add(xT.mul(input.Dskip));
    });
    return { y: tf.stack(ys, 1) };
  });
}
