import * as tf from '@tensorflow/tfjs';
export const elmanSequence = ({ x, h0 }) => ({
  h: tf.fill([x.shape[0], x.shape[1], h0.shape[1]], NaN),
  hT: tf.fill(h0.shape, NaN),
});
