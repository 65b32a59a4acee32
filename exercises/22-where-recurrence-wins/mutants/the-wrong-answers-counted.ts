import * as tf from '@tensorflow/tfjs';

import * as original from '../../../solutions/22-where-recurrence-wins/where-recurrence-wins.ts';

export * from '../../../solutions/22-where-recurrence-wins/where-recurrence-wins.ts';

export const extrapolation = (input: original.ExtrapolationInput) => ({ accuracy: tf.sub(1, original.extrapolation(input).accuracy) });
