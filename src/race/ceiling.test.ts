import { expect, test } from 'vitest';

import { slownessAboveCeiling } from './ceiling.ts';

const length = (T: number, times: number) => ({
  T,
  baseline: [10, 10, 10],
  own: [10, 10, 10].map((ms) => ms * times),
  candidate: [1, 1, 1],
});
const lengths = (times: number) => [16, 32, 64, 128, 256].map((T) => length(T, times));

test('a loop six times as slow as the kit’s is above the ceiling', () => {
  expect(slownessAboveCeiling(lengths(6), 0.01)).toBe(6);
});

test.for([1, 2, 4.9])('a loop %s times as slow is not', (times) => {
  expect(slownessAboveCeiling(lengths(times), 0.01)).toBeUndefined();
});

test('one length near the raced one that is not slow leaves it undecided, and short lengths do not count', () => {
  expect(slownessAboveCeiling([...lengths(6).slice(0, -1), length(256, 1)], 0.01)).toBeUndefined();
  expect(slownessAboveCeiling([length(16, 1), ...lengths(6).slice(1)], 0.01)).toBe(6);
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
