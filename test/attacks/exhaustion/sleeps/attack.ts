import type { Input, Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), 3_600_000 /* ms */)) as unknown as Output;
}
