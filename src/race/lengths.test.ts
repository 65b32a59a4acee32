import { expect, test } from 'vitest';

import type { Race } from '../course/exercise.ts';
import { crossover, timeAgainstLength } from './lengths.ts';

const plan: Race = { baseline: 'loop', candidate: 'scan', sizes: { B: 2, T: 256 }, thresholds: {} };
/** A loop of T milliseconds against a scan of 16. */
const track = { timeAt: async ({ T = 0 }: Race['sizes']) => ({ baselineMs: T, candidateMs: 16 }) };

test('both passes are timed at lengths that double up to the raced one, and the crossover is named', async () => {
  const curves = await timeAgainstLength(plan, track);
  expect(curves?.series.map(({ points }) => points)).toEqual([
    [4, 8, 16, 32, 64, 128, 256].map((T) => [T, T]),
    [4, 8, 16, 32, 64, 128, 256].map((T) => [T, 16]),
  ]);
  expect(curves?.note).toContain('overtakes at about T = 16');
});

test('without a length, or with a tiny one, there is nothing to draw', async () => {
  expect(await timeAgainstLength({ ...plan, sizes: { B: 2 } }, track)).toBeUndefined();
  expect(await timeAgainstLength({ ...plan, sizes: { T: 8 } }, track)).toBeUndefined();
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
  expect(crossover(rows.map(([at, baselineMs, candidateMs]) => ({ T: at, baselineMs, candidateMs })))).toBe(T);
});
