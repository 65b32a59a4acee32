import * as tf from '@tensorflow/tfjs';

import type { Input, Output } from '../../parts/scan.ts';

const nothing = ({ a }: Input): Output => ({ h: tf.zeros(a.shape) as Output['h'] });

export { nothing as linearRecurrenceParallel, nothing as linearRecurrenceSequential };
