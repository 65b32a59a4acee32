import * as tf from '@tensorflow/tfjs';

import * as original from '../../../solutions/21-recall/recall.ts';

export * from '../../../solutions/21-recall/recall.ts';

export const train = (input: original.TrainInput) => original.train({ ...input, learningRates: tf.zerosLike(input.learningRates) });
