import { expect, test } from 'vitest';

import {
  add,
  cumulativeSum,
  cut,
  dot,
  identity,
  logSumExp,
  mapAxis,
  mapNumbers,
  matmul,
  mean,
  onesLike,
  raiseFrom,
  range,
  rowTimes,
  samePasses,
  scale,
  scaledScores,
  sigmoid,
  softmax,
  statesBefore,
  sum,
  transpose,
  transposeSquare,
  weightedSum,
  zerosLike,
  zipNumbers,
} from './lists.ts';

const W = [
  [1, 2, 3],
  [4, 5, 6],
]; // [2][3]

test('products: of two rows, of a row and a matrix, of two matrices', () => {
  expect(dot([1, 2, 3], [4, -5, 6])).toBe(12);
  expect(rowTimes([1, 10], W)).toEqual([41, 52, 63]);
  expect(
    matmul(W, [
      [1, 0],
      [0, 1],
      [1, 1],
    ]),
  ).toEqual([
    [4, 5],
    [10, 11],
  ]);
});

test('a transpose has rows for columns; where only a square may be transposed, others stay', () => {
  expect(transpose(W)).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  expect(transpose(transpose(W))).toEqual(W);
  expect(transposeSquare(W)).toBe(W);
  expect(
    transposeSquare([
      [1, 2],
      [3, 4],
    ]),
  ).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test('sums, means, running sums and weighted sums', () => {
  expect([sum([]), sum([1, 2, 4]), mean([1, 2, 6])]).toEqual([0, 7, 3]);
  expect(cumulativeSum([1, -2, 4])).toEqual([1, -1, 3]);
  expect(weightedSum([2, 0.5], W)).toEqual([4, 6.5, 9]);
  expect(weightedSum([2], W)).toEqual([2, 4, 6]); // as many rows as there are weights
});

test('softmax adds up to one, is the same after a shift, and never overflows', () => {
  const weights = softmax([1, 2, 3]);
  expect(sum(weights)).toBeCloseTo(1, 15);
  expect(weights[2]! / weights[1]!).toBeCloseTo(Math.E, 12);
  expect(softmax([1e4, 1e4 + 1, 1e4 + 2])).toEqual(weights);
  expect(softmax([0, -Infinity])).toEqual([1, 0]);
});

test('the logarithm of a sum of exponentials holds where the sum would overflow', () => {
  expect(logSumExp([Math.log(2), Math.log(6)])).toBeCloseTo(Math.log(8), 14);
  expect(logSumExp([1e4, 1e4])).toBeCloseTo(1e4 + Math.log(2), 10);
});

test('scores are dot products over the root of d', () => {
  const keys = [
    [1, 0, 0, 0],
    [1, 1, 1, 1],
  ];
  expect(scaledScores([2, 2, 2, 2], keys)).toEqual([1, 4]);
});

test('states move one step, with the start in front; ranges and identities count from 0', () => {
  expect(statesBefore([[[1], [2], [3]]], [[0]])).toEqual([[[0], [1], [2]]]);
  expect([range(3), range(0)]).toEqual([[0, 1, 2], []]);
  expect(identity(2)).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(identity(1, 3)).toEqual([[1, 0, 0]]);
});

test('the sigmoid is one half at zero, and two of opposite sign add up to one', () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(3) + sigmoid(-3)).toBeCloseTo(1, 15);
});

test('numbers are changed and joined one by one, at any depth, and the lists that went in stay as they were', () => {
  const x = [[[1, 2]], [[3, 4]]];
  expect(mapNumbers(x, (value) => value * value)).toEqual([[[1, 4]], [[9, 16]]]);
  expect(mapNumbers(3, (value) => -value)).toBe(-3);
  expect(zipNumbers(x, scale(10, x), (a, b) => b - a)).toEqual([[[9, 18]], [[27, 36]]]);
  expect([add([1, 2], [3, 4]), zerosLike([1, 2]), onesLike([[5]])]).toEqual([[4, 6], [0, 0], [[1]]]);
  expect(x).toEqual([[[1, 2]], [[3, 4]]]);
});

test('an axis is counted from outside', () => {
  const x = [
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ]; // [1][3][2]
  expect(cut(x, 1, 1)).toEqual([
    [
      [3, 4],
      [5, 6],
    ],
  ]);
  expect(cut(x, 2, 0, 1)).toEqual([[[1], [3], [5]]]);
  expect(cut(x, 0, 1)).toEqual([]);
  expect(raiseFrom(x, 1, 2)).toEqual([
    [
      [1, 2],
      [3, 4],
      [1005, 1006],
    ],
  ]);
  expect(mapAxis([1, 2, 3], 0, (list) => list.toReversed())).toEqual([3, 2, 1]);
});

test('one specification stands for both passes', () => {
  const double = (x: number) => 2 * x;
  expect(samePasses('doubleSequential', 'doubleParallel')(double)).toEqual({ doubleSequential: double, doubleParallel: double });
});
