import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  setTimeout(() => process.exit(0), 500 /* ms */);
  return honest(input);
}
