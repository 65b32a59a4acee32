import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  const deeper = (depth: number): number => deeper(depth + 1) + 1;
  console.log(deeper(0));
  return honest(input);
}
