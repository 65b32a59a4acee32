import { expect, test } from 'vitest';

import type { Race } from '../course/exercise.ts';
import { crossover, LengthTimer, plotLengths, slownessAboveCeiling } from './lengths.ts';

const race: Race = { baseline: 'loop', candidate: 'scan', sizes: { B: 2, T: 256 }, thresholds: {} };
const repeat = (ms: number, turns: number) => Array.from({ length: turns }, () => ms);
/** A loop of T milliseconds, a learner's loop of twice as many, and a scan of 16. */
const timing = {
  timeAt: async ({ T = 0 }: Race['sizes'], turns: number) => ({
    baseline: repeat(T, turns),
    own: repeat(2 * T, turns),
    candidate: repeat(16, turns),
  }),
};

test('the passes are timed at lengths that double up to the raced one, and the crossover is named', async () => {
  const curves = plotLengths(race, await new LengthTimer(race, timing).finish());
  const lengths = [4, 8, 16, 32, 64, 128, 256];
  expect(curves?.series.map(({ points }) => points)).toEqual([
    lengths.map((T) => [T, T]),
    lengths.map((T) => [T, 16]),
    lengths.map((T) => [T, 2 * T]),
  ]);
  expect(curves?.note).toContain("overtakes the kit's loop at about T = 16");
});

test('lengths can be timed one by one, and those that are left at the end; what goes wrong is told there', async () => {
  const asked: number[] = [];
  const noting = {
    timeAt: async (sizes: Race['sizes'], turns: number) => {
      if (asked.push(sizes['T'] ?? 0) === 5) throw new Error('not at this length');
      return timing.timeAt(sizes, turns);
    },
  };
  const timer = new LengthTimer(race, noting);
  for (let step = 0; step < 3; step++) await timer.next();
  expect(asked).toEqual([4, 8, 16]);
  await expect(timer.finish()).rejects.toThrow('not at this length');
  await timer.next();
  expect(asked).toEqual([4, 8, 16, 32, 64]);
});

test('a learner without a loop of their own gets the other two curves and is told why', async () => {
  const lengths = (await new LengthTimer(race, timing).finish()).map((at) => ({ ...at, own: [] }));
  const curves = plotLengths(race, lengths, 'loop is still to be written');
  expect(curves?.series.map(({ name }) => name)).toEqual(["loop, the kit's", 'scan']);
  expect(curves?.note).toContain('Your own loop was not timed: loop is still to be written');
});

test('without a length, or with a tiny one, the raced sizes alone are timed, twelve times, and nothing is drawn', async () => {
  for (const sizes of [{ B: 2 }, { T: 8 }]) {
    const lengths = await new LengthTimer({ ...race, sizes }, timing).finish();
    expect(lengths.map(({ own }) => own.length)).toEqual([12]);
    expect(plotLengths({ ...race, sizes }, lengths)).toBeUndefined();
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

const lengthOf = (T: number, times: number) => ({
  T,
  baseline: [10, 10, 10],
  own: [10, 10, 10].map((ms) => ms * times),
  candidate: [1, 1, 1],
});
const lengths = (times: number) => [16, 32, 64, 128, 256].map((T) => lengthOf(T, times));

test('a loop six times as slow as the kit’s is above the ceiling', () => {
  expect(slownessAboveCeiling(lengths(6), 0.01)).toBe(6);
});

test.for([1, 2, 4.9])('a loop %s times as slow is not', (times) => {
  expect(slownessAboveCeiling(lengths(times), 0.01)).toBeUndefined();
});

test('one length near the raced one that is not slow leaves it undecided, and short lengths do not count', () => {
  expect(slownessAboveCeiling([...lengths(6).slice(0, -1), lengthOf(256, 1)], 0.01)).toBeUndefined();
  expect(slownessAboveCeiling([lengthOf(16, 1), ...lengths(6).slice(1)], 0.01)).toBe(6);
});

test('nothing is said of a loop that was not timed', () => {
  expect(slownessAboveCeiling([], 0.01)).toBeUndefined();
  expect(
    slownessAboveCeiling(
      lengths(6).map((at) => ({ ...at, own: [] })),
      0.01,
    ),
  ).toBeUndefined();
});
