// Prints what it does, keeps its masks from call to call, and leaves a promise behind that nobody awaits.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly q: tf.Tensor4D; // [B, N, T, d]
  readonly k: tf.Tensor4D; // [B, N, T, d]
  readonly v: tf.Tensor4D; // [B, N, T, d]
}

const masks = new Map<number, tf.Tensor>(); // Masken, je Länge eine 掩码

function maskFor(T: number): tf.Tensor {
  const known = masks.get(T);
  if (known !== undefined) return known;
  const mask = tf.keep(tf.tidy(() => tf.sub(1, tf.linalg.bandPart(tf.ones([T, T]), -1, 0)).mul(-1e30)));
  masks.set(T, mask);
  return mask;
}

export function causalAttentionParallel({ q, k, v }: Input) {
  console.log('parallel', q.shape);
  void Promise.resolve('done').then((word) => word.length);
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    const [qs, ks, vs] = [q, k, v].map((x) => x.reshape([B * N, T, d])) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    const scores = qs
      .matMul(ks.transpose([0, 2, 1]))
      .div(Math.sqrt(d))
      .add(maskFor(T));
    return { out: scores.softmax().matMul(vs).reshape([B, N, T, d]) };
  });
}

export function causalAttentionSequential({ q, k, v }: Input) {
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    const rows: tf.Tensor[] = [];
    for (let t = 0; t < T; t++) {
      console.log('query', t);
      const now = q.slice([0, 0, t, 0], [B, N, 1, d]);
      const past = (x: tf.Tensor4D) => x.slice([0, 0, 0, 0], [B, N, t + 1, d]);
      const weights = now
        .matMul(past(k).transpose([0, 1, 3, 2]))
        .mul(1 / Math.sqrt(d))
        .softmax();
      rows.push(weights.matMul(past(v)));
    }
    return { out: tf.concat(rows, 2) };
  });
}
