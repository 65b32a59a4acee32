import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  console.log('<&"'.repeat(80000)); // 240 kB a call
  return honest(input);
}
