import type { Random } from '#authoring';

type Sizes = { B: number; T: number; D: number; H: number };

export const grouped = { times: 20, why: 'where a state fades slowly, Abar is near 1, and its rounding comes back a thousand times' }; // honest passes, (Abar - 1) / A as written among them, differ by up to a third of it: docs/decisions.md

/**
 * Every step matters to the last: in a whole sequence the states fade by factors from e^-3 to e^-48. States that keep at most nine tenths of themselves in a step would forget
 * everything within a hundred, and a pass that looks no further back would give the right numbers. The first input is large, so that what it leaves can be told from rounding
 * at the end; states are of size one, and no power of Abar is so small that processors compute slowly with it.
 */
export function drawRaced(random: Random, { B, T, D, H }: Sizes) {
  const rates = random.uniform([D, H]).map((row) => row.map((value, j) => (3 * 16 ** ((j + value) / H)) / T)); // by which a state fades in a step; the first of a channel is the slowest
  const dt = random.uniform([D], 0.15, 0.6);
  const timesRate = (x: number[][], of: (value: number, rate: number, dt: number) => number) =>
    x.map((row, i) => row.map((value, j) => of(value, rates[i][j], dt[i])));
  return {
    x: random.normal([B, T, D]).map(([first, ...rest]) => [first.map(() => 8), ...rest]),
    A: timesRate(rates, (_, rate, step) => -rate / step),
    Bm: timesRate(random.uniform([D, H], 0.5, 1.5), (value, rate, step) => (Math.sqrt(rate) / step) * value),
    C: random.uniform([D, H], 0.5, 1.5),
    Dskip: random.normal([D]),
    dt,
  };
}
