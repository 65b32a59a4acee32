import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  for (let index = 0; index < 8; index++) console.log('x'.repeat(2 ** 20));
  return new Promise<Output>((resolve) => setTimeout(() => resolve(honest(input)), 500 /* ms: all of it is read */)) as unknown as Output;
}
