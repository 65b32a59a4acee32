import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  void Promise.reject(new Error('stray'));
  return honest(input);
}
