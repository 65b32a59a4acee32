import { describe, expect, test } from 'vitest';

import { HostTensor } from '../wire/tensor.ts';
import { answerToNested, flatten, reshape, shapeOf, toNested, toTensor, type Nested } from './nested.ts';

const cases: readonly [string, Nested, number[], number[]][] = [
  ['a number', 3, [], [3]],
  ['a list', [1, 2, 3], [3], [1, 2, 3]],
  ['nothing', [], [0], []],
  ['empty rows', [[], []], [2, 0], []],
  [
    'a matrix',
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [2, 3],
    [1, 2, 3, 4, 5, 6],
  ],
  [
    'three axes',
    [
      [[1], [2]],
      [[3], [4]],
      [[5], [6]],
    ],
    [3, 2, 1],
    [1, 2, 3, 4, 5, 6],
  ],
];

describe.for(cases)('%s', ([, nested, shape, flat]) => {
  test('has this shape and these numbers in row-major order', () => {
    expect(shapeOf(nested)).toEqual(shape);
    expect(flatten(nested)).toEqual(flat);
  });

  test('comes back from its numbers and from a tensor', () => {
    expect(reshape(flat, shape)).toEqual(nested);
    expect(toNested(toTensor(nested))).toEqual(nested);
    expect(toTensor(nested).shape).toEqual(shape);
  });
});

test('the flat numbers are a list of their own: changing them changes nothing else', () => {
  const b = [1, 2];
  flatten(b)[0] = 9;
  expect(b).toEqual([1, 2]);
});

test.for([
  ['float32', Float32Array, [Math.fround(0.1), 2]],
  ['int32', Int32Array, [0, 2]],
  ['bool', Uint8Array, [0, 2]],
] as const)('a tensor of %s holds its own kind of numbers, rounded once', ([dtype, Kind, numbers]) => {
  const { data } = toTensor([0.1, 2], dtype);
  expect(data).toBeInstanceOf(Kind);
  expect([...data]).toEqual(numbers);
});

test('rows of unlike length are no tensor', () => {
  expect(() => toTensor([[1, 2], [3]])).toThrow(RangeError);
});

test('a whole answer becomes nested lists, part by part', () => {
  const h = new HostTensor([1, 2], 'float32', Float32Array.of(1, 2));
  expect(answerToNested(h)).toEqual([[1, 2]]);
  expect(answerToNested({ h, loss: 0.5, cache: [h, h] })).toEqual({ h: [[1, 2]], loss: 0.5, cache: [[[1, 2]], [[1, 2]]] });
});
