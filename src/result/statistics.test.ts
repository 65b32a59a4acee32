import { expect, test } from 'vitest';
import { countBins, findMean, findMode, findQuantile, median } from './statistics.ts';

test('quantiles agree with numpy.quantile, linear', () => {
  const values = [0.9, 0.1, 0.4, 0.7];
  expect(findQuantile(values, 0.25)).toBeCloseTo(0.325, 12);
  expect(findQuantile(values, 0.5)).toBeCloseTo(0.55, 12);
  expect(findQuantile(values, 0.75)).toBeCloseTo(0.75, 12);
});

test('quantiles agree with numpy.quantile for every length, and the values given keep their order', () => {
  // numpy.quantile([9, 4, 7, 1, 8, 2, 6][:n], 0.3) for n = 1 to 7
  const values = [9, 4, 7, 1, 8, 2, 6];
  const found = values.map((_, index) => findQuantile(values.slice(0, index + 1), 0.3));
  for (const [index, expected] of [9, 5.5, 5.8, 3.7, 4.6, 3, 3.6].entries()) expect(found[index]).toBeCloseTo(expected, 12);
  expect(values).toEqual([9, 4, 7, 1, 8, 2, 6]);
});

test.for([
  [[3], 3],
  [[5, 1, 4], 4],
  [[10, 9, 2, 1], 5.5],
] as const)('the median of %j is %d', ([values, middle]) => {
  expect(median(values)).toBe(middle);
});

test('of no values there is no median to go on with', () => {
  expect(() => median([])).toThrow('at least one');
});

test('of no values there is no quantile, no mean and no mode', () => {
  expect([findQuantile([], 0.5), findMean([]), findMode([])]).toEqual([null, null, null]);
});

test('of one value every quantile is that value', () => {
  expect([0, 0.25, 0.5, 1].map((share) => findQuantile([0.3], share))).toEqual([0.3, 0.3, 0.3, 0.3]);
});

test('an edge counts to the right, the full score to the last bin, and all tenths fall where they are written', () => {
  expect(countBins([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
  expect(countBins([0.0999, 0.29])).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
});

test('the mode of a tie is the one seen first', () => {
  expect(findMode(['b', 'a', 'a', 'b', 'c'])).toEqual({ value: 'b', count: 2 });
});
