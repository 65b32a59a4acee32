import type { Output } from '../../parts/elman.ts';

export function elmanSequence(): Output {
  const one = Array.from({ length: 2 ** 20 }, () => 0.5);
  const kept: number[][] = [];
  for (;;) kept.push(one.slice());
}
