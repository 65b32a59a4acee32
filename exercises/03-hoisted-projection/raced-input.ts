import { range, type Random } from '#authoring';

type Sizes = { B: number; T: number; I: number; H: number };

/**
 * Every step matters to the last: the first half of the units keep what they hold and add a little of each input. They stay near 0, where tanh is nearly straight; what a unit of
 * size one held is gone after some twenty steps, and a pass that looks no further back would give the right numbers.
 */
export function drawRaced(random: Random, { B, T, I, H }: Sizes) {
  const slow = range(H).map((j) => j < H / 2);
  const columns = (W: number[][], change: (value: number, i: number, j: number) => number) =>
    W.map((row, i) => row.map((value, j) => (slow[j] ? change(value, i, j) : value)));
  const shrink = (factor: number) => (value: number) => factor * value;
  return {
    x: random.normal([B, T, I]),
    h0: columns(random.normal([B, H], 0.5), shrink(1 / 8)),
    Wx: columns(random.normal([I, H], I ** -0.5), shrink(1 / 16 / Math.sqrt(T))), // T steps of this size add up to 1/16
    Wh: columns(random.normal([H, H], H ** -0.5), (_, i, j) => Number(i === j)),
    b: columns([random.normal([H], 0.5)], shrink(1 / 8 / T))[0],
  };
}
