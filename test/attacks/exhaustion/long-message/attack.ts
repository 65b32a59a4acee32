import type { Input, Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  throw new Error('a'.repeat(50_000_000));
}
