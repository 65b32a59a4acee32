import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  console.log('<&"'.repeat(80_000)); // 240 kB a call
  return honest(input);
}
