import { HostTensor, type Random } from '#authoring';

import { drawLarge, type Sizes } from './lab/large-input.ts';

/**
 * Scores of size one in the first head up to four in the last: there each query singles out some keys, anywhere before it, which no window, average or coarser rounding can know;
 * and in the first head every key counts.
 */
export function drawRaced(random: Random, sizes: Sizes): Record<string, HostTensor | number> {
  const input = drawLarge(random, sizes);
  const { D, heads } = sizes;
  const { shape, dtype, data } = input['Wq'] as HostTensor; // [D, D] row by row
  const headOf = (index: number) => Math.floor(((index % D) * heads) / D);
  return {
    ...input,
    Wq: new HostTensor(
      shape,
      dtype,
      (data as Float32Array).map((w, index) => w * (1 + (3 * headOf(index)) / Math.max(1, heads - 1))),
    ),
  };
}
