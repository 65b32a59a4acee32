import type { Matrix, Random } from '#authoring';

type Sizes = { B: number; T: number; D: number; N: number };

/** Scores of size four, as in exercise 10. */
export function drawRaced(random: Random, { B, T, D, N }: Sizes) {
  const weights = (size = 1): Matrix => random.normal([D, D], size * D ** -0.5);
  return { x: random.normal([B, T, D]), Wq: weights(4), Wk: weights(), Wv: weights(), Wo: weights(), heads: N };
}
