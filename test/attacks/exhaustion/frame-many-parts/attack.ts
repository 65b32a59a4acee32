import * as tf from '@tensorflow/tfjs';

import type { Output } from '../../parts/elman.ts';

const one = tf.keep(tf.scalar(1));

export const elmanSequence = (): Output =>
  Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`part ${index}`, one])) as unknown as Output;
