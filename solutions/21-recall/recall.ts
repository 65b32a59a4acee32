import * as tf from '@tensorflow/tfjs';

import { adam, drawNumbers, firstParameters, logits, type AdamState } from './given.ts';

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

/** Read n symbols, then say them again: asked at the blanks that follow them. */
export function copyTask({ symbols }: { symbols: tf.Tensor2D }): Batch {
  return tf.tidy(() => {
    const blanks = tf.zerosLike(symbols); // [B, n]
    return {
      tokens: tf.concat([symbols, blanks], 1), // [B, 2 n]
      targets: tf.concat([blanks, symbols], 1),
      mask: tf.cast(tf.concat([blanks, tf.onesLike(symbols)], 1), 'float32'),
    };
  });
}

/** Read T digits of which two are marked, and say the sum of these two at the end: Hochreiter and Schmidhuber 1997, section 5.4, in whole numbers. */
export function addingTask({ digits, first, second }: { digits: tf.Tensor2D; first: tf.Tensor1D; second: tf.Tensor1D }): Batch {
  return tf.tidy(() => {
    const T = digits.shape[1];
    const marks = tf.add<tf.Tensor2D>(tf.oneHot(first, T), tf.oneHot(second, T)); // [B, T] 1 at the two marked places
    const last = tf.mul<tf.Tensor2D>(tf.onesLike(digits), tf.oneHot(T - 1, T)); // [B, T] 1 at the end
    const sum = tf.sum(tf.mul(digits, marks), 1, true); // [B, 1]
    return { tokens: tf.add(digits, tf.mul(marks, tf.scalar(8, 'int32'))), targets: tf.mul(last, sum), mask: tf.cast(last, 'float32') };
  });
}

/** Read n pairs of key and value, then the keys in another order, and say the value of each: Arora et al. 2023, "Zoology", section 3. */
export function recallTask({ keys, values, order }: { keys: tf.Tensor2D; values: tf.Tensor2D; order: tf.Tensor2D }): Batch {
  return tf.tidy(() => {
    const [B, n] = keys.shape;
    const pairs = tf.reshape<tf.Rank.R2>(tf.stack([keys, values], 2), [B, 2 * n]); // key, value, key, value, ...
    const asked = tf.cast(tf.equal(tf.expandDims(order, 2), tf.range(0, n, 1, 'int32')), 'int32'); // [B, n, n] 1 where query j asks for pair i
    const [queries, answers] = [keys, values].map((x) => tf.sum<tf.Tensor2D>(tf.mul(asked, tf.expandDims(x, 1)), 2)); // [B, n]
    const nothing = tf.zerosLike(pairs);
    return {
      tokens: tf.concat([pairs, queries], 1), // [B, 3 n]
      targets: tf.concat([nothing, answers], 1),
      mask: tf.cast(tf.concat([nothing, tf.onesLike(answers)], 1), 'float32'),
    };
  });
}

/** The cross-entropy of what was asked: its mean over all places asked, and over those of each position. */
export function maskedLoss({ logits, targets, mask }: { logits: tf.Tensor4D; targets: tf.Tensor3D; mask: tf.Tensor3D }): {
  loss: tf.Tensor1D;
  byPosition: tf.Tensor2D;
} {
  return tf.tidy(() => {
    const V = logits.shape[3];
    const picked = tf.sum(tf.mul(logits, tf.oneHot(targets, V)), 3); // [R, B, T] the score of the target
    const masked = tf.mul(tf.sub(tf.logSumExp(logits, 3), picked), mask); // [R, B, T] -log p(target) where it is asked
    return {
      loss: tf.div(tf.sum(masked, [1, 2]), tf.sum(mask, [1, 2])), // [R]
      byPosition: tf.div(tf.sum(masked, 1), tf.maximum(tf.sum(mask, 1), 1)), // [R, T]
    };
  });
}

export type UpdateInput = AdamState &
  Batches & {
    readonly model: number;
    readonly step: number;
    readonly learningRates: tf.Tensor1D; // [R]
  };

/** One step of training for all runs at once: the gradient of run r is that of its own loss, since no other loss depends on theta[r]. */
export function update({ model, step, learningRates, tokens, targets, mask, ...state }: UpdateInput): AdamState & { loss: tf.Tensor1D } {
  return tf.tidy(() => {
    const lossOf = (theta: tf.Tensor2D) => maskedLoss({ logits: logits(model, theta, tokens), targets, mask }).loss;
    const { value: loss, grad } = tf.valueAndGrad(lossOf)(state.theta); // [R] and [R, P]
    return { ...adam(state, grad, step, learningRates), loss };
  });
}

const heldOutStep = 1e6; // no training is that long, so nobody was trained on these numbers
const heldOutBatch = 128; // sequences

export interface TrainInput {
  readonly model: number;
  readonly task: number;
  readonly seed: number;
  readonly repeats: number; // S
  readonly steps: number;
  readonly batch: number; // B
  readonly learningRates: tf.Tensor1D; // [L]
}

/** Trains a model once for every learning rate and seed, all these runs side by side; then asks each what it makes of sequences that it never saw. */
export function train({ model, task, seed, repeats: S, steps, batch: B, learningRates }: TrainInput): {
  losses: tf.Tensor3D; // [L, S, steps]
  heldOut: tf.Tensor2D; // [L, S]
  byPosition: tf.Tensor3D; // [L, S, T]
} {
  return tf.tidy(() => {
    const L = learningRates.shape[0];
    const seeds = Array.from({ length: L * S }, (_, r) => seed + (r % S)); // run r = l S + s
    const rates = tf.reshape<tf.Rank.R1>(tf.tile(tf.expandDims(learningRates, 1), [1, S]), [L * S]);
    const theta = firstParameters(model, seeds); // [R, P]
    let state: AdamState = { theta, m: tf.zerosLike(theta), v: tf.zerosLike(theta) };
    const losses: tf.Tensor1D[] = [];
    for (let step = 0; step < steps; step++) {
      const { loss, ...next } = tf.tidy(() =>
        update({ ...state, ...drawBatches(task, seeds, step, B), model, step, learningRates: rates }),
      );
      tf.dispose(state);
      state = next;
      losses.push(loss);
    }
    const { tokens, targets, mask } = drawBatches(task, seeds, heldOutStep, heldOutBatch);
    const { loss, byPosition } = maskedLoss({ logits: logits(model, state.theta, tokens), targets, mask });
    return {
      losses: tf.reshape(tf.stack(losses, 1), [L, S, steps]),
      heldOut: tf.reshape(loss, [L, S]),
      byPosition: tf.reshape(byPosition, [L, S, -1]),
    };
  });
}

const makers = [copyTask, addingTask, recallTask, (coins: Batch) => coins] as readonly ((numbers: never) => Batch)[];

/** A batch of a task for every run, from the run's seed. */
function drawBatches(task: number, seeds: readonly number[], step: number, B: number): Batches {
  const { tokens, targets, mask } = makers[task](drawNumbers(task, seeds, step, B) as never); // [R * B, T]
  const apart = (x: tf.Tensor2D) => tf.reshape<tf.Rank.R3>(x, [seeds.length, B, x.shape[1]]);
  return { tokens: apart(tokens), targets: apart(targets), mask: apart(mask) };
}

/** Efron 1979, "Bootstrap methods": the share of all resamplings in which the mean of a is below that of b. */
export function bootstrap({ a, b, picksA, picksB }: { a: tf.Tensor1D; b: tf.Tensor1D; picksA: tf.Tensor2D; picksB: tf.Tensor2D }): {
  share: tf.Scalar;
} {
  return tf.tidy(() => {
    const [meanA, meanB] = [tf.mean(tf.gather(a, picksA), 1), tf.mean(tf.gather(b, picksB), 1)]; // [N]
    return { share: tf.mean(tf.cast(tf.less(meanA, meanB), 'float32')) };
  });
}
