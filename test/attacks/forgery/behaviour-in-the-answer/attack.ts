import * as tf from '@tensorflow/tfjs';

import { type Input, type Output } from '../../parts/elman.ts';

const wrong = (input: Input): Output => ({
  h: tf.zeros([input.x.shape[0], input.x.shape[1], input.h0.shape[1]]),
  hT: tf.zerosLike(input.h0),
});

const trap = new Proxy(
  {},
  {
    get: () => () => 0,
    has: () => true,
    ownKeys: () => ['h', 'hT', 'toJSON', 'then2'],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 0 }),
  },
);

export const elmanSequence = (input: Input): Output => Object.assign(Object.create(trap) as Output, wrong(input), { toJSON: () => 'pass' });
