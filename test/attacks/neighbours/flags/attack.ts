import * as tf from '@tensorflow/tfjs';

import { honest, type Input, type Output } from '../../parts/elman.ts';

for (const flag of ['WASM_HAS_SIMD_SUPPORT', 'WASM_HAS_MULTITHREAD_SUPPORT', 'DEBUG', 'PROD', 'CHECK_COMPUTATION_FOR_ERRORS'])
  tf.env().set(flag, flag === 'DEBUG');

export const elmanSequence = (input: Input): Output => honest(input);
