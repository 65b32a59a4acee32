import * as tf from '@tensorflow/tfjs';

export { attentionAsWritten, rnnAsWritten } from './given.ts'; // audit times them beside yours

/** Both passes get the same input, and each takes what it needs. Shapes: sequences `B`, positions `T`, model size `D`, hidden size `H`. */
export interface RaceInput {
  readonly x: tf.Tensor3D; // [B, T, D] the sequence
  readonly h0: tf.Tensor2D; // [B, H] loop: the state before the first step
  readonly Wx: tf.Tensor2D; // [D, H] loop: from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] loop: from the old state to the new state
  readonly b: tf.Tensor1D; // [H] loop: the bias
  readonly Wq: tf.Tensor2D; // [D, D] attention: to the queries of all heads
  readonly Wk: tf.Tensor2D; // [D, D] attention: to the keys
  readonly Wv: tf.Tensor2D; // [D, D] attention: to the values
  readonly Wo: tf.Tensor2D; // [D, D] attention: from the joined heads to the answer
  readonly heads: number; // attention: how many heads share the D columns
}

/** What a race of `R` rounds left behind. Round r timed both passes on the same input, one right after the other. */
export interface PairedSamples {
  readonly baselineMs: tf.Tensor1D; // [R] milliseconds of the baseline in each round
  readonly candidateMs: tf.Tensor1D; // [R] milliseconds of the candidate in each round
  readonly warmUps: number; // so many rounds at the start do not count
}

/** The same loop timed twice in each of `R` rounds, all of which count. */
export interface DrawingSamples {
  readonly withDrawingMs: tf.Tensor1D; // [R] milliseconds where every step draws its weights
  readonly withoutMs: tf.Tensor1D; // [R] milliseconds where they are there from the start
}

/**
 * Elman 1990, "Finding structure in time", figure 2: h[t] = tanh(x[t] Wx + h[t-1] Wh + b). What needs no state, x Wx + b, is one product for
 * all steps; one product a step is left, and nobody knows how to take it out of the loop.
 */
export function elmanSequential({ x, h0, Wx, Wh, b }: RaceInput): { h: tf.Tensor3D } {
  return tf.tidy(() => {
    const [B, T, D] = x.shape;
    const H = h0.shape[1];
    const fromInput = tf.add(tf.matMul(tf.reshape(x, [B * T, D]), Wx), b); // [B T, H]
    let h = h0; // [B, H]
    const states = tf.unstack(tf.reshape(fromInput, [B, T, H]), 1).map((z) => (h = tf.tanh<tf.Tensor2D>(tf.add(z, tf.matMul(h, Wh))))); // T of [B, H]
    return { h: tf.stack(states, 1) as tf.Tensor3D }; // [B, T, H]
  });
}

/**
 * Vaswani et al. 2017, "Attention is all you need", section 3.2.2: concat(head_1, ..., head_N) Wo with head_i = softmax(q_i k_i^T / sqrt(d) + mask) v_i,
 * where d = D / heads and q_i is the i-th block of d columns of x Wq.
 */
export function attentionParallel({ x, Wq, Wk, Wv, Wo, heads }: RaceInput): { out: tf.Tensor3D } {
  return tf.tidy(() => {
    const [B, T, D] = x.shape;
    const d = D / heads;
    const rows = tf.reshape(x, [B * T, D]);
    const [q, k, v] = [Wq, Wk, Wv].map((W) => tf.transpose(tf.reshape(tf.matMul(rows, W), [B, T, heads, d]), [0, 2, 1, 3])); // [B, N, T, d]
    const position = tf.range(0, T); // [T]
    const future = tf.greater(position, tf.expandDims(position, 1)); // [T, T] true where key s lies after query t
    const mask = tf.mul(tf.cast(future, 'float32'), -1e30); // [T, T]
    const scores = tf.matMul(tf.div(q, Math.sqrt(d)), k, false, true); // [B, N, T, T]
    const mixed = tf.matMul(tf.softmax(tf.add(scores, mask)), v); // [B, N, T, d]
    const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [B * T, D]); // [B T, D]
    return { out: tf.reshape<tf.Rank.R3>(tf.matMul(joined, Wo), [B, T, D]) };
  });
}

/** The median of paired ratios. Both times of a round met the same machine, so what slowed one of them slowed the other, and it cancels. */
export async function speedUp({
  baselineMs,
  candidateMs,
  warmUps,
}: PairedSamples): Promise<{ speedup: number; low: number; high: number }> {
  const [baseline, candidate] = await Promise.all([baselineMs.data(), candidateMs.data()]); // [R]
  const ratios = Array.from(baseline, (ms, round) => ms / candidate[round]).slice(warmUps);
  return { speedup: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}

/** Of the time with drawing, what is not there without it. */
export async function randomShare({ withDrawingMs, withoutMs }: DrawingSamples): Promise<{ share: number }> {
  const [drawing, without] = await Promise.all([withDrawingMs.data(), withoutMs.data()]); // [R]
  return { share: median(Array.from(drawing, (ms, round) => (ms - without[round]) / ms)) };
}

/** The middle of the sorted numbers, or the mean of the two in the middle. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((x, y) => x - y);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
