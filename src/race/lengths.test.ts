import { expect, test } from 'vitest';

import type { Race } from '../course/exercise.ts';
import { crossover, drawLengths, timeLengths } from './lengths.ts';

const plan: Race = { baseline: 'loop', candidate: 'scan', sizes: { B: 2, T: 256 }, thresholds: {} };
const repeat = (ms: number, turns: number) => Array.from({ length: turns }, () => ms);
/** A loop of T milliseconds, a learner's loop of twice as many, and a scan of 16. */
const track = {
  timeAt: async ({ T = 0 }: Race['sizes'], turns: number) => ({
    baseline: repeat(T, turns),
    own: repeat(2 * T, turns),
    candidate: repeat(16, turns),
  }),
};

test('the passes are timed at lengths that double up to the raced one, and the crossover is named', async () => {
  const curves = drawLengths(plan, await timeLengths(plan, track));
  const lengths = [4, 8, 16, 32, 64, 128, 256];
  expect(curves?.series.map(({ points }) => points)).toEqual([
    lengths.map((T) => [T, T]),
    lengths.map((T) => [T, 16]),
    lengths.map((T) => [T, 2 * T]),
  ]);
  expect(curves?.note).toContain("overtakes the kit's loop at about T = 16");
});

test('a learner without a loop of their own gets the other two curves and is told why', async () => {
  const lengths = (await timeLengths(plan, track)).map((at) => ({ ...at, own: [] }));
  const curves = drawLengths(plan, lengths, 'loop is still to be written');
  expect(curves?.series.map(({ name }) => name)).toEqual(["loop, the kit's", 'scan']);
  expect(curves?.note).toContain('Your own loop was not timed: loop is still to be written');
});

test('without a length, or with a tiny one, the raced sizes alone are timed, twelve times, and nothing is drawn', async () => {
  for (const sizes of [{ B: 2 }, { T: 8 }]) {
    const lengths = await timeLengths({ ...plan, sizes }, track);
    expect(lengths.map(({ own }) => own.length)).toEqual([12]);
    expect(drawLengths({ ...plan, sizes }, lengths)).toBeUndefined();
  }
});

test.for([
  [
    [
      [8, 8, 16],
      [32, 32, 16],
    ],
    16,
  ],
  [
    [
      [8, 20, 16],
      [32, 32, 16],
    ],
    undefined,
  ],
  [
    [
      [8, 8, 16],
      [32, 15, 16],
    ],
    undefined,
  ],
  [[], undefined],
] as const)('of %j the crossover is %j', ([rows, T]) => {
  expect(crossover(rows.map(([at, baseline, candidate]) => ({ T: at, baseline: [baseline], candidate: [candidate] })))).toBe(T);
});
