import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, heads `N`, positions `T`, size of a query and a key `d`, size of a value `M`. */
export interface LinearAttentionInput {
  readonly q: tf.Tensor4D; // [B, N, T, d] what each position asks for
  readonly k: tf.Tensor4D; // [B, N, T, d] what each position is found by
  readonly v: tf.Tensor4D; // [B, N, T, M] what each position has to say
}

/**
 * Katharopoulos et al. 2020, "Transformers are RNNs", equations 10 to 12, one position at a time as in section 3.4: S[t] = S[t-1] + phi(k[t])^T v[t],
 * z[t] = z[t-1] + phi(k[t]), out[t] = phi(q[t]) S[t] / (phi(q[t]) . z[t]). An old state is freed as soon as the new one is there.
 */
export function linearAttentionSequential({ q, k, v }: LinearAttentionInput): { out: tf.Tensor4D } {
  return tf.tidy(() => {
    const [B, N, T, d] = q.shape;
    const M = v.shape[3];
    const [queries, keys, values] = [phi(q), phi(k), v].map((x) => tf.split(x, T, 2)); // T of [B, N, 1, d], and T of [B, N, 1, M]
    let S: tf.Tensor = tf.zeros([B, N, d, M]);
    let z: tf.Tensor = tf.zeros([B, N, 1, d]);
    const outs = queries.map((query, t) => {
      const now = tf.tidy(() => {
        const St = tf.add(S, tf.matMul(keys[t], values[t], true)); // [B, N, d, M]
        const zt = tf.add(z, keys[t]); // [B, N, 1, d]
        const out = tf.div(tf.matMul(query, St), tf.matMul(query, zt, false, true)); // [B, N, 1, M]
        return { St, zt, out };
      });
      tf.dispose([S, z]);
      [S, z] = [now.St, now.zt];
      return now.out;
    });
    return { out: tf.concat(outs, 2) as tf.Tensor4D }; // [B, N, T, M]
  });
}

/** Katharopoulos et al. 2020, equation 8: the table of all phi(q[t]) . phi(k[s]), 0 where s lies after t, divided by the sums of its rows. */
export function linearAttentionParallel({ q, k, v }: LinearAttentionInput): { out: tf.Tensor4D } {
  return tf.tidy(() => {
    const T = q.shape[2];
    const past = tf.linalg.bandPart(tf.ones([T, T]), -1, 0); // [T, T] 1 where key s does not lie after query t
    const scores = tf.mul(tf.matMul(phi(q), phi(k), false, true), past); // [B, N, T, T]
    return { out: tf.div<tf.Tensor4D>(tf.matMul(scores, v), tf.sum(scores, -1, true)) }; // [B, N, T, M]
  });
}

/** Katharopoulos et al. 2020, equation 7: phi(x) = elu(x) + 1, which is x + 1 above 0 and exp(x) below. */
function phi<X extends tf.Tensor>(x: X): X {
  return tf.add(tf.elu(x), 1);
}
