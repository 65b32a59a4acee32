// Time by recursion instead of a loop, with default parameters and an extra export.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, I]
  readonly h0: tf.Tensor2D; // [B, H]
  readonly Wx: tf.Tensor2D; // [I, H]
  readonly Wh: tf.Tensor2D; // [H, H]
  readonly b: tf.Tensor1D; // [H]
}

export const version = 3;

export const elmanSequence = (input: Input, activation: (z: tf.Tensor2D) => tf.Tensor2D = tf.tanh) =>
  tf.tidy(() => {
    const walk = (steps: readonly tf.Tensor[], h: tf.Tensor2D): tf.Tensor2D[] => {
      const [first, ...rest] = steps;
      if (first === undefined) return [];
      const next = activation(first.matMul(input.Wx).add(h.matMul(input.Wh)).add(input.b) as tf.Tensor2D);
      return [next, ...walk(rest, next)];
    };
    const states = walk(input.x.unstack(1), input.h0);
    return { hT: states.at(-1), h: tf.stack(states, 1) };
  });
