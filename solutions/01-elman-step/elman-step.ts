import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, input size `I`, hidden size `H`. */
export interface ElmanStepInput {
  readonly x: tf.Tensor2D; // [B, I] the input of this step
  readonly h: tf.Tensor2D; // [B, H] the state before this step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
}

/**
 * Elman 1990, "Finding structure in time", figure 2, in the notation of Goodfellow, Bengio and Courville 2016, "Deep learning",
 * equations 10.8 and 10.9, with row vectors: the new state is tanh(x Wx + h Wh + b).
 */
export function elmanStep({ x, h, Wx, Wh, b }: ElmanStepInput): { h: tf.Tensor2D } {
  return tf.tidy(() => {
    const fromInput = tf.matMul(x, Wx); // [B, H]
    const fromState = tf.matMul(h, Wh); // [B, H]
    const z = tf.add<tf.Tensor2D>(tf.add(fromInput, fromState), b); // [B, H] b is added to every row
    return { h: tf.tanh(z) }; // [B, H]
  });
}
