import type { Input, Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  const kept: Float64Array[] = [];
  for (;;) kept.push(new Float64Array(2 ** 21).fill(1));
}
