import { honest, type Input, type Output } from '../../parts/elman.ts';

const held: Float64Array[] = [];

export function elmanSequence(input: Input): Output {
  while (held.length < 20) held.push(new Float64Array(2 ** 23).fill(1)); // 64 MiB each
  return new Promise<Output>((resolve) =>
    setTimeout(() => resolve(honest(input)), 500 /* ms: the watch looks every 50 */),
  ) as unknown as Output;
}
