import { expect, test } from 'vitest';

import { callsPerSample, turnsPerRound, turnsWhereClear } from './round-size.ts';

test('a sample adds up as many calls as the clock needs to see it', () => {
  expect([callsPerSample(10, 0.001), callsPerSample(0.004, 0.001), callsPerSample(0, 0.001)]).toEqual([1, 5, 1000]);
});

test('a round of short calls is three or five ABBA blocks', () => {
  expect([5, 19, 20, 59, 60, 500].map(turnsPerRound)).toEqual([10, 10, 6, 6, 2, 2]);
});

test('where the passes lie clearly on one side, a round is what fits into 200 ms, in whole ABBA blocks, or one turn', () => {
  expect([1, 20, 28, 40, 60, 101, 500].map(turnsWhereClear)).toEqual([10, 10, 6, 4, 2, 1, 1]);
});
