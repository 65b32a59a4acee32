import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  console.log('<&"'.repeat(12_000)); // 36 kB a call
  return honest(input);
}
