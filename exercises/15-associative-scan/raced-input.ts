import { mapNumbers, type Random } from '#authoring';

type Sizes = { B: number; T: number; H: number };

export const grouped = { times: 10, why: 'a thousand steps add up their roundings, and each way to group them has its own' }; // honest passes differ by up to a third of it: docs/decisions.md

/**
 * Every step matters to the last: each channel forgets at a rate of its own, the slowest less than once in the whole sequence and the quickest some sixteen times. With gates
 * drawn from all of (0, 1) nothing would be left after a hundred steps, and a pass that looks no further back would give the right numbers. Inputs are as small as keeps the
 * states of size one, and no product of gates is so small that processors compute slowly with it.
 */
export function drawRaced(random: Random, { B, T, H }: Sizes) {
  const rates = mapNumbers(random.uniform([B, H], 0, 5), (e) => 2 ** e / Math.max(T, 32)); // a gate is 1 less something up to the rate, which is at most 1
  const timesRate = (x: number[][][], of: (value: number, rate: number) => number) =>
    x.map((steps, n) => steps.map((row) => row.map((value, j) => of(value, rates[n][j]))));
  return {
    a: timesRate(random.uniform([B, T, H]), (value, rate) => 1 - rate * value),
    b: timesRate(random.normal([B, T, H]), (value, rate) => Math.sqrt(rate) * value),
    h0: random.normal([B, H]),
  };
}
