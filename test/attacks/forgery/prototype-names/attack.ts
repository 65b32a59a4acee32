import * as tf from '@tensorflow/tfjs';

import { type Input, type Output } from '../../parts/elman.ts';

const wrong = (input: Input): Output => ({
  h: tf.zeros([input.x.shape[0], input.x.shape[1], input.h0.shape[1]]),
  hT: tf.zerosLike(input.h0),
});

export const elmanSequence = (input: Input): Output =>
  Object.defineProperties(wrong(input), {
    __proto__: { value: { polluted: tf.scalar(1) }, enumerable: true },
    constructor: { value: { prototype: { polluted: tf.scalar(1) } }, enumerable: true },
  });
