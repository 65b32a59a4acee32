import type { Input, Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  setInterval(() => undefined, 10);
  return new Promise(() => undefined) as unknown as Output;
}
