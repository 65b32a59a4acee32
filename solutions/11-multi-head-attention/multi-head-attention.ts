import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, positions `T`, model size `D`, heads `N`, size of one head `d` = `D` / `N`. */
export interface MultiHeadInput {
  readonly x: tf.Tensor3D; // [B, T, D] one row for each position
  readonly Wq: tf.Tensor2D; // [D, D] from a row to its queries, d columns for each head
  readonly Wk: tf.Tensor2D; // [D, D] from a row to its keys
  readonly Wv: tf.Tensor2D; // [D, D] from a row to its values
  readonly Wo: tf.Tensor2D; // [D, D] from the answers of all heads to one row, d rows for each head
  readonly heads: number; // N, a plain number that divides D
}

/**
 * Vaswani et al. 2017, "Attention is all you need", section 3.2.2, one head after the other: MultiHead = Concat(head_0, ..., head_N-1) Wo,
 * head_j = Attention(x Wq_j, x Wk_j, x Wv_j), where Wq_j is the j-th block of d columns of Wq.
 */
export function multiHeadSequential({ x, Wq, Wk, Wv, Wo, heads }: MultiHeadInput): { out: tf.Tensor3D } {
  return tf.tidy(() => {
    const D = x.shape[2];
    const d = D / heads;
    const outs = Array.from({ length: heads }, (_, j) => {
      const [q, k, v] = [Wq, Wk, Wv].map((W) => project(x, tf.slice(W, [0, j * d], [D, d]))); // [B, T, d]
      return attend(q, k, v); // [B, T, d]
    });
    return { out: project(tf.concat(outs, 2), Wo) }; // [B, T, D]
  });
}

/** The same with one product for the queries of all heads, one for their keys, one for their values, and all attentions side by side. */
export function multiHeadParallel({ x, Wq, Wk, Wv, Wo, heads }: MultiHeadInput): { out: tf.Tensor3D } {
  return tf.tidy(() => {
    const [B, T, D] = x.shape;
    const [q, k, v] = [Wq, Wk, Wv].map((W) => {
      const columns = tf.reshape(project(x, W), [B, T, heads, D / heads]); // [B, T, N, d]
      return tf.transpose(columns, [0, 2, 1, 3]); // [B, N, T, d]
    });
    const rows = tf.transpose(attend(q, k, v), [0, 2, 1, 3]); // [B, T, N, d]
    return { out: project(tf.reshape(rows, [B, T, D]), Wo) }; // [B, T, D]
  });
}

/** x W for every position. Batch and time share one axis, because the gradient of a broadcast tf.matMul is not added up over the batch. */
function project(x: tf.Tensor3D, W: tf.Tensor2D): tf.Tensor3D {
  const [B, T, D] = x.shape;
  return tf.reshape(tf.matMul(tf.reshape(x, [B * T, D]), W), [B, T, W.shape[1]]);
}

/** Equation 1 with a causal mask, over the last two axes: softmax(q k^T / sqrt(d) + mask) v. */
function attend<R extends tf.Tensor>(q: R, k: R, v: R): R {
  const [T, d] = q.shape.slice(-2);
  const position = tf.range(0, T); // [T]
  const future = tf.greater(position, tf.expandDims(position, 1)); // [T, T] true where key s lies after query t
  const mask = tf.mul(tf.cast(future, 'float32'), -1e30); // [T, T]
  const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(d)); // [.., T, T]
  return tf.matMul(tf.softmax(tf.add(scores, mask)), v); // [.., T, d]
}
