import type { Random } from '#authoring';

type Sizes = { B: number; N: number; T: number; d: number; M: number };

/** Queries and keys of size three: phi of them goes from next to nothing to ten, so that each query prefers some keys, anywhere before it, to all others. */
export function drawRaced(random: Random, { B, N, T, d, M }: Sizes) {
  return { q: random.normal([B, N, T, d], 3), k: random.normal([B, N, T, d], 3), v: random.normal([B, N, T, M]) };
}
