import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  process.abort();
  return honest(input);
}
