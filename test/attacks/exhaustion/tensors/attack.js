import * as tf from '@tensorflow/tfjs';
export function elmanSequence() {
  for (;;) tf.keep(tf.ones([2 ** 20]));
}
