import { expect, test } from 'vitest';

import { blocksPerRound, callsPerSample } from './blocks.ts';

test('a sample adds up as many calls as the clock needs to see it', () => {
  expect([callsPerSample(10, 0.001), callsPerSample(0.004, 0.001), callsPerSample(0, 0.001)]).toEqual([1, 5, 1000]);
});

test('a round of short calls is three or five ABBA blocks', () => {
  expect([5, 19, 20, 59, 60, 500].map(blocksPerRound)).toEqual([5, 5, 3, 3, 1, 1]);
});
