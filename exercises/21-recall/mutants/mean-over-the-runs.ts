import * as tf from '@tensorflow/tfjs';

import * as original from '../../../solutions/21-recall/recall.ts';

export * from '../../../solutions/21-recall/recall.ts';

/** What the gradient of the mean loss of all runs leaves in m at the first step. */
export const update = (input: original.UpdateInput) => {
  const after = original.update(input);
  return { ...after, m: tf.div(after.m, input.learningRates.size) };
};
