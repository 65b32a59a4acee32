import * as tf from '@tensorflow/tfjs';

import { drawBits, scores, trained } from './given.ts';

/**
 * Two units u and v make exclusive or of the last answer p = u - 2 v and the bit x: u = relu(p + x) is their sum, and v = relu(p + x - 1) is 1 where both
 * are 1. In the weights p is written out, so the network has no loop but its own.
 */
export function parityWeights(_input: Record<string, never>): { Wx: tf.Tensor2D; Wh: tf.Tensor2D; b: tf.Tensor1D; Wo: tf.Tensor1D } {
  return tf.tidy(() => ({
    Wx: tf.tensor2d([[1, 1]]), // [1, 2]
    Wh: tf.tensor2d([
      [1, 1],
      [-2, -2],
    ]), // [2, 2]
    b: tf.tensor1d([0, -1]),
    Wo: tf.tensor1d([1, -2]),
  }));
}

/** The recurrence h[t] = a[t] h[t-1] with the gate a = -1 for a one and 1 for a zero: h is 1 while the number of ones is even. Grazzi et al. 2024, section 3. */
export function parityByScan({ bits }: { bits: tf.Tensor2D }): { h: tf.Tensor2D; parity: tf.Tensor2D } {
  return tf.tidy(() => {
    const a = tf.sub(1, tf.mul(tf.cast(bits, 'float32'), 2)); // [B, T] gates
    const h = tf.cumprod<tf.Tensor2D>(a, 1);
    return { h, parity: tf.div(tf.sub(1, h), 2) };
  });
}

/** 1 where more than half of the bits so far are ones. */
export function majority({ bits }: { bits: tf.Tensor2D }): { majority: tf.Tensor2D } {
  return tf.tidy(() => {
    const ones = tf.cumsum(tf.cast(bits, 'float32'), 1); // [B, T]
    const half = tf.div(tf.range(1, bits.shape[1] + 1), 2); // [T]
    return { majority: tf.cast(tf.greater(ones, half), 'float32') };
  });
}

/** states[t][i] = states[t-1][permutations[t][i]], one step after the other. */
export function composeSequential({ permutations }: { permutations: tf.Tensor3D }): { states: tf.Tensor } {
  return tf.tidy(() => {
    const [B, , n] = permutations.shape;
    let state: tf.Tensor = identities([B, n, n]); // every cup where it is
    const states = tf.unstack(toMatrices(permutations), 1).map((step) => (state = tf.matMul(step, state))); // T of [B, n, n]
    return { states: fromMatrices(tf.stack(states, 1)) };
  });
}

/**
 * The same in rounds: as matrices the steps are multiplied, and a product of matrices may be grouped in any way, though not reordered. Merrill et al. 2024, "The illusion
 * of state in state-space models", for what this says of models; Hillis and Steele 1986 for the rounds.
 */
export function composeParallel({ permutations }: { permutations: tf.Tensor3D }): { states: tf.Tensor } {
  return tf.tidy(() => {
    const [B, T, n] = permutations.shape;
    let joined = toMatrices(permutations); // [B, T, n, n] the last 1, 2, 4, ... steps
    for (let span = 1; span < T; span *= 2) {
      const before = tf.concat([identities([B, span, n, n]), tf.slice(joined, [0, 0, 0, 0], [B, T - span, n, n])], 1);
      joined = tf.matMul(joined, before); // the later steps stand on the left
    }
    return { states: fromMatrices(joined) };
  });
}

/** A table for each permutation: row i has its 1 at the place from which place i takes. */
function toMatrices(permutations: tf.Tensor3D): tf.Tensor4D {
  return tf.cast(tf.oneHot(permutations, permutations.shape[2]) as tf.Tensor4D, 'float32'); // [B, T, n, n]
}

const fromMatrices = (matrices: tf.Tensor): tf.Tensor => tf.argMax(matrices, 3); // [B, T, n]

/** The step that changes nothing, as often as the shape asks. */
function identities(shape: number[]): tf.Tensor {
  const n = shape[shape.length - 1];
  return tf.tile(
    tf.reshape(
      tf.eye(n),
      shape.map((_, axis) => (axis < shape.length - 2 ? 1 : n)),
    ),
    shape.map((size, axis) => (axis < shape.length - 2 ? size : 1)),
  );
}

export interface ExtrapolationInput {
  readonly model: number;
  readonly task: number;
  readonly seed: number;
  readonly repeats: number; // S
  readonly steps: number;
  readonly batch: number;
  readonly T: number;
  readonly far: number;
}

const testStep = 1e6; // no training is that long
const testBatch = 64; // sequences

/** Trains on sequences of T bits and gives the share of right answers after each bit of sequences that are `far` bits long. */
export function extrapolation({ model, task, seed, repeats: S, steps, batch, T, far }: ExtrapolationInput): { accuracy: tf.Tensor2D } {
  return tf.tidy(() => {
    const answersTo = (bits: tf.Tensor2D) => (task === 0 ? parityByScan({ bits }).parity : majority({ bits }).majority);
    const seeds = Array.from({ length: S }, (_, s) => seed + s);
    const theta = trained({ model, seeds, steps, batch, T, answersTo });
    const bits = drawBits(seeds, testStep, testBatch, far); // [S * 64, far]
    const said = tf.greater(scores(model, theta, tf.reshape(bits, [S, testBatch, far])), 0); // [S, 64, far]
    const right = tf.equal(tf.cast(said, 'float32'), tf.reshape(answersTo(bits), [S, testBatch, far]));
    return { accuracy: tf.mean(tf.cast(right, 'float32'), 1) }; // [S, far]
  });
}
