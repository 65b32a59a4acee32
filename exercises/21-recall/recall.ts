import * as tf from '@tensorflow/tfjs';

import type { AdamState } from './given.ts';

/** What a model reads, what it is asked for, and where it is asked: `B` sequences of `T` positions. */
export type Batch = {
  readonly tokens: tf.Tensor2D; // [B, T] int32
  readonly targets: tf.Tensor2D; // [B, T] int32, 0 where nothing is asked
  readonly mask: tf.Tensor2D; // [B, T] 1 where something is asked, else 0
};

/** A batch for every run. */
export type Batches = {
  readonly tokens: tf.Tensor3D; // [R, B, T]
  readonly targets: tf.Tensor3D; // [R, B, T]
  readonly mask: tf.Tensor3D; // [R, B, T]
};

/**
 * Read n symbols, then say them again, at the n blanks that follow. A blank is the token 0.
 *
 * @param symbols [B, n] int32, from 1 up
 * @returns a batch with T = 2 n
 */
export function copyTask(_input: { symbols: tf.Tensor2D }): Batch {
  throw new Error('21-recall: copyTask is still to be written');
}

/**
 * Read T digits of which two are marked, and say the sum of these two at the last position. A digit is its own token; a marked digit is the token 8 above.
 *
 * @param digits [B, T] int32, from 0 to 7
 * @param first [B] int32, the position of the first mark
 * @param second [B] int32, the position of the second mark, a later one
 */
export function addingTask(_input: { digits: tf.Tensor2D; first: tf.Tensor1D; second: tf.Tensor1D }): Batch {
  throw new Error('21-recall: addingTask is still to be written');
}

/**
 * Read n pairs, each a key and its value, then the keys again in another order, and say the value of each while reading it.
 *
 * @param keys [B, n] int32, no key twice in a row
 * @param values [B, n] int32, the value of each key
 * @param order [B, n] int32, query j asks for pair order[j]
 * @returns a batch with T = 3 n
 */
export function recallTask(_input: { keys: tf.Tensor2D; values: tf.Tensor2D; order: tf.Tensor2D }): Batch {
  throw new Error('21-recall: recallTask is still to be written');
}

/**
 * The cross-entropy of what was asked.
 *
 * @param logits [R, B, T, V] the scores for every token
 * @param targets [R, B, T] int32
 * @param mask [R, B, T] 1 where something is asked, else 0
 * @returns loss: the mean over all places of a run that were asked, [R]; byPosition: the mean over the sequences that were asked at this position, 0 where
 * none was, [R, T]
 */
export function maskedLoss(_input: { logits: tf.Tensor4D; targets: tf.Tensor3D; mask: tf.Tensor3D }): {
  loss: tf.Tensor1D;
  byPosition: tf.Tensor2D;
} {
  throw new Error('21-recall: maskedLoss is still to be written');
}

export type UpdateInput = AdamState &
  Batches & {
    readonly model: number; // 0 Elman, 1 LSTM, 2 Transformer
    readonly step: number; // the first is 0
    readonly learningRates: tf.Tensor1D; // [R]
  };

/**
 * One step of training for all R runs at once, each with parameters, a batch and a learning rate of its own.
 *
 * @returns theta, m, v: after the step, [R, P]; loss: before it, [R]
 */
export function update(_input: UpdateInput): AdamState & { loss: tf.Tensor1D } {
  throw new Error('21-recall: update is still to be written');
}

export interface TrainInput {
  readonly model: number; // 0 Elman, 1 LSTM, 2 Transformer
  readonly task: number; // 0 copy, 1 adding, 2 recall, 3 coins
  readonly seed: number; // of the first repeat; each further one has the next
  readonly repeats: number; // S, how often each learning rate is tried
  readonly steps: number;
  readonly batch: number; // B, sequences of a run in each step
  readonly learningRates: tf.Tensor1D; // [L]
}

/**
 * Trains a model once for every learning rate and seed, all these runs side by side; then asks each what it makes of 128 sequences that it never saw.
 *
 * @returns losses: at every step, [L, S, steps]; heldOut: on the new sequences, [L, S]; byPosition: on the new sequences at every position, [L, S, T]
 */
export function train(_input: TrainInput): { losses: tf.Tensor3D; heldOut: tf.Tensor2D; byPosition: tf.Tensor3D } {
  throw new Error('21-recall: train is still to be written');
}

/**
 * How sure is it that a's mean is below b's? Draws both lists anew N times, with the same number possibly more than once, and counts.
 *
 * @param a [S] a number for each run
 * @param b [S] the same of another model
 * @param picksA [N, S] int32, which numbers of a make up round n
 * @param picksB [N, S] int32, which numbers of b
 * @returns share: of the rounds in which the mean of a's picks is below the mean of b's, a scalar
 */
export function bootstrap(_input: { a: tf.Tensor1D; b: tf.Tensor1D; picksA: tf.Tensor2D; picksB: tf.Tensor2D }): { share: tf.Scalar } {
  throw new Error('21-recall: bootstrap is still to be written');
}
