import type { Input, Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  for (;;);
}
