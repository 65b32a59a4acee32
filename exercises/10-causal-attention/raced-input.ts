import type { Random } from '#authoring';

type Sizes = { B: number; N: number; T: number; d: number };

/**
 * Scores of size one in the first head up to N in the last: there each query singles out some keys, anywhere before it, which no window, average or coarser rounding can know;
 * and in the first head every key counts.
 */
export function drawRaced(random: Random, { B, N, T, d }: Sizes) {
  const q = random.normal([B, N, T, d]).map((heads) => heads.map((head, j) => head.map((row) => row.map((value) => (j + 1) * value))));
  return { q, k: random.normal([B, N, T, d]), v: random.normal([B, N, T, d]) };
}
