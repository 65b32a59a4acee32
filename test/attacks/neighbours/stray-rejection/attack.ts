import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  void Promise.reject(new Error('stray'));
  return honest(input);
}
