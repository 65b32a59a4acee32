// Tensors that are none of the three kinds that cross: complex numbers, text, and one whose kind, shape and numbers change at every look.
import * as tf from '@tensorflow/tfjs';

import { honest, type Input, type Output } from '../../parts/elman.ts';

let calls = 0;

export function elmanSequence(input: Input): Output {
  const { h, hT } = honest(input);
  const which = calls++ % 3;
  if (which === 0) return { h: tf.complex(h, h), hT };
  if (which === 1) return { h: tf.fill(h.shape, 'nan', 'string') as unknown as typeof h, hT };
  let looks = 0;
  return {
    h: Object.defineProperties(tf.zerosLike(h), {
      dtype: { get: () => (looks++ % 2 === 0 ? 'float32' : 'int32') },
      shape: { get: () => [2 ** 31, looks] },
    }),
    hT,
  };
}
