import type { Random } from '#authoring';

type Sizes = { B: number; T: number; I: number; H: number };

export const grouped = { times: 10, why: 'a thousand steps add up their roundings, and each way to group them has its own' }; // honest passes differ by up to a third of it: docs/decisions.md

/**
 * Every step matters to the last: the gates of each unit are centred on a z of its own, from about a tenth to a thousandth, so that the slowest units keep a good part of their first state.
 * With gates around one half nothing would be left after forty steps, and a pass that looks no further back would give the right numbers. The first input is large, so
 * that what it brings can be told from rounding after all the others.
 */
export function drawRaced(random: Random, { B, T, I, H }: Sizes) {
  return {
    x: random.normal([B, T, I]).map(([first, ...rest]) => [first.map((value) => 4 * value), ...rest]),
    h0: random.normal([B, H]),
    Wz: random.normal([I, H], I ** -0.5),
    bz: random.uniform([H], -8, -2),
    Wh: random.normal([I, H], I ** -0.5),
    bh: random.normal([H], 0.5),
  };
}
