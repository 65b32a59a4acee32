// Handed in as it came: nothing was written.
import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, positions `T`, model size `D`, width of the feed-forward part `F`. */
export interface LayerNormInput {
  readonly x: tf.Tensor3D; // [B, T, D]
  readonly gain: tf.Tensor1D; // [D]
  readonly bias: tf.Tensor1D; // [D]
  readonly eps: number; // added to the variance, inside the root
}

export interface RmsNormInput {
  readonly x: tf.Tensor3D; // [B, T, D]
  readonly gain: tf.Tensor1D; // [D]
  readonly eps: number; // added to the mean square, inside the root
}

export interface TransformerBlockInput {
  readonly x: tf.Tensor3D; // [B, T, D]
  readonly Wq: tf.Tensor2D; // [D, D] the attention, as in exercise 11
  readonly Wk: tf.Tensor2D; // [D, D]
  readonly Wv: tf.Tensor2D; // [D, D]
  readonly Wo: tf.Tensor2D; // [D, D]
  readonly g1: tf.Tensor1D; // [D] gain and bias of the norm before the attention
  readonly b1: tf.Tensor1D; // [D]
  readonly g2: tf.Tensor1D; // [D] gain and bias of the norm before the feed-forward part
  readonly b2: tf.Tensor1D; // [D]
  readonly W1: tf.Tensor2D; // [D, F] the feed-forward part
  readonly c1: tf.Tensor1D; // [F]
  readonly W2: tf.Tensor2D; // [F, D]
  readonly c2: tf.Tensor1D; // [D]
  readonly heads: number; // a plain number that divides D
  readonly eps: number; // of both norms
}

/**
 * Layer normalisation of each row: (x - mean) / sqrt(variance + eps) * gain + bias.
 *
 * @returns out: [B, T, D]
 */
export function layerNorm(_input: LayerNormInput): { out: tf.Tensor3D } {
  throw new Error('13-transformer-block: layerNorm is still to be written');
}

/**
 * Division of each row by its root mean square: x / sqrt(mean of x^2 + eps) * gain.
 *
 * @returns out: [B, T, D]
 */
export function rmsNorm(_input: RmsNormInput): { out: tf.Tensor3D } {
  throw new Error('13-transformer-block: rmsNorm is still to be written');
}

/**
 * One block: a = x + multiHead(layerNorm(x)), out = a + GELU(layerNorm(a) W1 + c1) W2 + c2, causal, with the exact GELU.
 *
 * @returns out: [B, T, D]
 */
export function transformerBlock(_input: TransformerBlockInput): { out: tf.Tensor3D } {
  throw new Error('13-transformer-block: transformerBlock is still to be written');
}
