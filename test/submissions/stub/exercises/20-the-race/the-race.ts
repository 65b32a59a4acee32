// Handed in as it came: nothing was written.
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
 * The baseline: h[t] = tanh(x[t] Wx + h[t-1] Wh + b), with the same weights at every step. It does its best: whatever needs no state is
 * computed outside of the loop, so that one matrix product is left for each step.
 *
 * @returns h: every state, [B, T, H]
 */
export function elmanSequential(_input: RaceInput): { h: tf.Tensor3D } {
  throw new Error('20-the-race: elmanSequential is still to be written');
}

/**
 * The candidate: causal multi-head attention, whole. Head i takes columns i D / heads to (i + 1) D / heads of x Wq, x Wk and x Wv.
 *
 * @returns out: the heads side by side, times Wo, [B, T, D]
 */
export function attentionParallel(_input: RaceInput): { out: tf.Tensor3D } {
  throw new Error('20-the-race: attentionParallel is still to be written');
}

/**
 * How many times as fast the candidate is, from raw times.
 *
 * @returns speedup: the median of baseline / candidate over the rounds that count; low and high: the smallest and the largest of these ratios
 */
export async function speedUp(_samples: PairedSamples): Promise<{ speedup: number; low: number; high: number }> {
  throw new Error('20-the-race: speedUp is still to be written');
}

/**
 * Which part of the loop's time goes into drawing weights.
 *
 * @returns share: the median over the rounds of (with drawing - without) / with drawing, from 0 to 1
 */
export async function randomShare(_samples: DrawingSamples): Promise<{ share: number }> {
  throw new Error('20-the-race: randomShare is still to be written');
}
