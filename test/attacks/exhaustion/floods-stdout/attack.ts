import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  for (;;) console.log('x'.repeat(10_000));
  return honest(input);
}
