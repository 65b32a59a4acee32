// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/**
 * The weights of a recurrent network with two units that says after every bit x whether the number of ones so far is odd:
 * h[t] = relu(x[t] Wx + h[t-1] Wh + b), from the state 0, and the answer is h[t] Wo, 1 for odd and 0 for even.
 *
 * @returns Wx: [1, 2]; Wh: [2, 2]; b: [2]; Wo: [2]
 */
export function parityWeights(): { Wx: tf.Tensor2D; Wh: tf.Tensor2D; b: tf.Tensor1D; Wo: tf.Tensor1D } {
  throw new Error('22-where-recurrence-wins: parityWeights is still to be written');
}

/**
 * Parity by a linear recurrence with one channel: h[t] = a[t] h[t-1], from the state 1, where the gate a is -1 at a one and 1 at a zero. No loop over time.
 *
 * @param bits [B, T] int32, 0 or 1
 * @returns h: the states, -1 or 1, [B, T]; parity: 1 where the number of ones so far is odd, else 0, [B, T]
 */
export function parityByScan(_input: { bits: tf.Tensor2D }): { h: tf.Tensor; parity: tf.Tensor } {
  throw new Error('22-where-recurrence-wins: parityByScan is still to be written');
}

/**
 * Whether more than half of the bits so far are ones.
 *
 * @param bits [B, T] int32, 0 or 1
 * @returns majority: 1 where there are more ones than zeros, else 0, [B, T]
 */
export function majority(_input: { bits: tf.Tensor2D }): { majority: tf.Tensor } {
  throw new Error('22-where-recurrence-wins: majority is still to be written');
}

/**
 * Which cup is where: states[t][i] = states[t-1][permutations[t][i]], from the state 0, 1, ..., n - 1, one step after the other.
 *
 * @param permutations [B, T, n] int32: at step t the cup at place permutations[t][i] goes to place i
 * @returns states: the cup at each place after every step, [B, T, n]
 */
export function composeSequential(_input: { permutations: tf.Tensor3D }): { states: tf.Tensor } {
  throw new Error('22-where-recurrence-wins: composeSequential is still to be written');
}

/**
 * The same states in about log2(T) rounds, each of which works on all steps at once.
 *
 * @returns states: the cup at each place after every step, [B, T, n]
 */
export function composeParallel(_input: { permutations: tf.Tensor3D }): { states: tf.Tensor } {
  throw new Error('22-where-recurrence-wins: composeParallel is still to be written');
}

export interface ExtrapolationInput {
  readonly model: number; // 0 Elman, 1 Transformer
  readonly task: number; // 0 parity, 1 majority
  readonly seed: number; // of the first run; each further one has the next
  readonly repeats: number; // S, runs
  readonly steps: number; // of training
  readonly batch: number; // sequences of a run in each step
  readonly T: number; // bits of a sequence in training
  readonly far: number; // bits of a sequence in the test
}

/**
 * Trains S runs on sequences of T bits and tests each on 64 sequences of `far` bits.
 *
 * @returns accuracy: the share of the 64 sequences whose answer after each bit is right, [S, far]
 */
export function extrapolation(_input: ExtrapolationInput): { accuracy: tf.Tensor } {
  throw new Error('22-where-recurrence-wins: extrapolation is still to be written');
}
