import * as tf from '@tensorflow/tfjs';
const one = tf.keep(tf.scalar(1));
export const elmanSequence = () => Object.fromEntries(Array.from({ length: 100000 }, (_, index) => [`part ${index}`, one]));
