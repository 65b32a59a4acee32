import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, positions `T`, choices at each position `V`. */
export interface StableSoftmaxInput {
  readonly x: tf.Tensor3D; // [B, T, V] a number for every choice
}

/**
 * Probabilities from numbers of any size: p = exp(x) / sum of exp(x), over the last axis.
 *
 * @returns p: the probability of each choice, [B, T, V]; lse: the logarithm of the sum of exp(x), [B, T]
 */
export function stableSoftmax(_input: StableSoftmaxInput): { p: tf.Tensor3D; lse: tf.Tensor2D } {
  throw new Error('08-softmax-cross-entropy: stableSoftmax is still to be written');
}

/** Shapes: sequences `B`, positions `T`, choices at each position `V`. */
export interface CrossEntropyInput {
  readonly logits: tf.Tensor3D; // [B, T, V] a number for every choice, before the softmax
  readonly targets: tf.Tensor2D; // [B, T] int32, the choice that was right, 0 to V - 1
}

/**
 * The mean over all positions of -ln p[target], where p is the softmax of the logits.
 *
 * @returns loss: in nats, a scalar
 */
export function crossEntropy(_input: CrossEntropyInput): { loss: tf.Scalar } {
  throw new Error('08-softmax-cross-entropy: crossEntropy is still to be written');
}
