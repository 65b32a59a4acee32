import * as tf from '@tensorflow/tfjs';

import { honest, type Input, type Output } from '../../parts/elman.ts';

const hoard = Array.from({ length: 1000 }, () => tf.keep(tf.zeros([1])));

export function elmanSequence(input: Input): Output {
  for (let left = 0; left < 5; left++) {
    tf.keep(tf.neg(input.b));
    hoard.pop()?.dispose();
  }
  return honest(input);
}
