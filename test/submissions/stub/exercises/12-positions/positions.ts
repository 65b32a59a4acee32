// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Sizes: positions `T`, model size `D`, which is even. Plain numbers, no tensors. */
export interface SinusoidalInput {
  readonly T: number;
  readonly D: number;
}

/** Shapes: sequences `B`, heads `N`, positions `T`, size of one head `d`, which is even. */
export interface RotaryInput {
  readonly x: tf.Tensor4D; // [B, N, T, d] queries or keys
  readonly offset: number; // the position of the first row: row t stands at position t + offset
  readonly theta: number; // the base of the frequencies
}

/**
 * One row for each position, to be added to what stands there: sines in the even columns, cosines in the odd ones, at frequencies 10000^(-2i/D).
 *
 * @returns out: [T, D]
 */
export function sinusoidalPositions(_input: SinusoidalInput): { out: tf.Tensor2D } {
  throw new Error('12-positions: sinusoidalPositions is still to be written');
}

/**
 * Turns each pair of neighbours (x[2i], x[2i+1]) by the angle (t + offset) theta^(-2i/d).
 *
 * @returns out: the turned rows, [B, N, T, d]
 */
export function rotaryPositions(_input: RotaryInput): { out: tf.Tensor4D } {
  throw new Error('12-positions: rotaryPositions is still to be written');
}
