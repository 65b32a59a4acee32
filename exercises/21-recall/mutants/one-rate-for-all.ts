import * as tf from '@tensorflow/tfjs';

import * as original from '../../../solutions/21-recall/recall.ts';

export * from '../../../solutions/21-recall/recall.ts';

export const update = (input: original.UpdateInput) =>
  original.update({ ...input, learningRates: tf.add(tf.zerosLike(input.learningRates), tf.max(input.learningRates)) });
