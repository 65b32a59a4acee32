// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: a gate, an input and a state for each sequence `B`, step `T` and channel `H`. */
export interface LinearRecurrenceInput {
  readonly a: tf.Tensor3D; // [B, T, H] how much of the old state to keep
  readonly b: tf.Tensor3D; // [B, T, H] what to add
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
}

/**
 * The linear recurrence h[t] = a[t] * h[t-1] + b[t], elementwise, one step after the other.
 *
 * @returns h: every state, [B, T, H]
 */
export function linearRecurrenceSequential(_input: LinearRecurrenceInput): { h: tf.Tensor3D } {
  throw new Error('15-associative-scan: linearRecurrenceSequential is still to be written');
}

/**
 * The same states in about log2(T) rounds, each of which works on all steps at once.
 *
 * @returns h: every state, [B, T, H]
 */
export function linearRecurrenceParallel(_input: LinearRecurrenceInput): { h: tf.Tensor3D } {
  throw new Error('15-associative-scan: linearRecurrenceParallel is still to be written');
}
