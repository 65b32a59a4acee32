// Keys, values and queries by one product, a mask made on the host, and the loop as the parallel pass called for one token at a time.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, n, D]
  readonly PE: tf.Tensor2D; // [L, D]
  readonly Wq: tf.Tensor2D; // [D, d]
  readonly Wk: tf.Tensor2D;
  readonly Wv: tf.Tensor2D;
  readonly Wo: tf.Tensor2D; // [d, D]
  readonly K?: tf.Tensor3D; // [B, t, d]
  readonly V?: tf.Tensor3D;
}
interface Answer {
  readonly out: tf.Tensor3D;
  readonly K: tf.Tensor3D;
  readonly V: tf.Tensor3D;
}

export function cachedAttentionParallel(input: Input): Answer {
  return tf.tidy(() => {
    const { x, PE, Wq, Wk, Wv, Wo } = input;
    const [B, n, D] = x.shape;
    const [t, d] = [input.K === undefined ? 0 : input.K.shape[1], Wq.shape[1]];
    const z = x.add(PE.slice([t, 0], [n, D])).reshape([B * n, D]);
    const [q, k, v] = z
      .matMul(tf.concat([Wq, Wk, Wv], 1))
      .reshape([B, n, 3 * d])
      .split(3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    const K = tf.concat3d(
      [input.K ?? tf.zeros([B, 0, d]), k].filter(({ size }) => size > 0),
      1,
    );
    const V = tf.concat3d(
      [input.V ?? tf.zeros([B, 0, d]), v].filter(({ size }) => size > 0),
      1,
    );
    const mask = Array.from({ length: n }, (_, i) => Array.from({ length: t + n }, (__, s) => (s > t + i ? -1e30 : 0)));
    const weights = q
      .matMul(K.transpose([0, 2, 1]))
      .mul(d ** -0.5)
      .add(tf.tensor2d(mask))
      .softmax();
    const mixed = weights.matMul(V).reshape([B * n, d]);
    return { V, out: mixed.matMul(Wo).reshape<tf.Tensor3D>([B, n, D]), K };
  });
}

export function cachedAttentionSequential(input: Input): Answer {
  return tf.tidy(() => {
    const [B, n, D] = input.x.shape;
    let cache: Pick<Input, 'K' | 'V'> = input;
    const outs: tf.Tensor3D[] = [];
    for (let i = 0; i < n; i++) {
      const { K, V } = cache;
      const { out, ...grown } = cachedAttentionParallel({ ...input, x: input.x.slice([0, i, 0], [B, 1, D]), ...(K && V ? { K, V } : {}) });
      cache = grown;
      outs.push(out);
    }
    return { out: tf.concat3d(outs, 1), K: cache.K!, V: cache.V! };
  });
}
