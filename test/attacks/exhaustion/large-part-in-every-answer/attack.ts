import * as tf from '@tensorflow/tfjs';

import { honest, type Input, type Output } from '../../parts/elman.ts';

export const elmanSequence = (input: Input): Output => ({ ...honest(input), more: tf.zeros([7 * 2 ** 18]) }) as Output;
