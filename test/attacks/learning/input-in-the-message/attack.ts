import { type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  throw new Error(
    JSON.stringify(
      Object.entries(input).map(([name, value]) => [name, Array.from((value as { dataSync(): ArrayLike<number> }).dataSync())]),
    ),
  );
}
