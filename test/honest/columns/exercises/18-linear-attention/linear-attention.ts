// Chunks of 64 positions: a table within each, and the state from chunk to chunk. The sequential pass is the same with chunks of one.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly q: tf.Tensor4D; // [B, N, T, d]
  readonly k: tf.Tensor4D; // [B, N, T, d]
  readonly v: tf.Tensor4D; // [B, N, T, M]
}

const phi = (x: tf.Tensor) => x.elu().add(1);

function inChunks({ q, k, v }: Input, size: number) {
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    const M = v.shape[3];
    const values = tf.concat([v, tf.ones([B, N, T, 1])], 3); // [B, N, T, M + 1] the normaliser is one more value
    const [queries, keys] = [phi(q), phi(k)];
    let S: tf.Tensor = tf.zeros([B, N, d, M + 1]);
    const outs: tf.Tensor[] = [];
    for (let from = 0; from < T; from += size) {
      const length = Math.min(size, T - from);
      const next = tf.tidy(() => {
        const [qc, kc, vc] = [queries, keys, values].map((x) => x.slice([0, 0, from, 0], [B, N, length, -1])) as [
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
        ];
        const past = tf.linalg.bandPart(tf.ones([length, length]), -1, 0);
        const read = tf.matMul(qc, S).add(tf.matMul(tf.matMul(qc, kc, false, true).mul(past), vc)); // [B, N, length, M + 1]
        const [sum, total] = tf.split(read, [M, 1], 3) as [tf.Tensor, tf.Tensor];
        return { out: sum.div(total), S: S.add(tf.matMul(kc, vc, true)) };
      });
      S.dispose();
      S = next.S;
      outs.push(next.out);
    }
    return { out: tf.concat(outs, 2) };
  });
}

export const linearAttentionParallel = (input: Input) => inChunks(input, 64);
export const linearAttentionSequential = (input: Input) => inChunks(input, 1);
