import * as tf from '@tensorflow/tfjs';

import * as original from '../../../solutions/21-recall/recall.ts';

import { drawNumbers, firstParameters, type AdamState } from '../given.ts';

export * from '../../../solutions/21-recall/recall.ts';

/** Every step sees the batch of step 0. */
export const train = (input: original.TrainInput) => (input.task === 3 ? spoiled(input) : original.train(input));

function spoiled({ model, seed, repeats: S, steps, batch: B, learningRates }: original.TrainInput) {
  return tf.tidy(() => {
    const L = learningRates.size;
    const seeds = Array.from({ length: L * S }, (_, r) => seed + (r % S));
    const rates = tf.reshape<tf.Rank.R1>(tf.tile(tf.expandDims(learningRates, 1), [1, S]), [L * S]);
    const theta = firstParameters(model, seeds);
    let state: AdamState = { theta, m: tf.zerosLike(theta), v: tf.zerosLike(theta) };
    const losses = Array.from({ length: steps }, (_, step) => {
      const batches = Object.entries(drawNumbers(3, seeds, 0, B)).map(([name, x]) => [name, tf.reshape(x, [L * S, B, -1])]);
      const { tokens, targets, mask } = Object.fromEntries(batches) as original.Batches;
      const { loss, ...next } = tf.tidy(() => original.update({ ...state, tokens, targets, mask, model, step, learningRates: rates }));
      state = next;
      return loss;
    });
    const heldOut = tf.reshape(losses.at(-1) as tf.Tensor, [L, S]);
    return { losses: tf.reshape(tf.stack(losses, 1), [L, S, steps]), heldOut, byPosition: tf.tile(tf.expandDims(heldOut, 2), [1, 1, 9]) };
  });
}
