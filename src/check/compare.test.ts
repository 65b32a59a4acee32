import { describe, expect, test } from 'vitest';

import type { Tree } from '../wire/tensor.ts';
import { type NestedAnswer, toTensor } from './nested.ts';
import { compareAnswer, compareNumbers } from './compare.ts';
import { exactly } from './tolerance.ts';

const tolerance = { absolute: 0.1, relative: 0.01, why: 'a test allows this' };
const compareOne = (got: number, want: number) => compareNumbers('x', [got], [want], [], tolerance);

describe('one number', () => {
  test.for([
    [1, 1, 0],
    [0, -0, 0],
    [1.055, 1, 0.5],
    [-1.055, -1, 0.5],
    [100.55, 100, 0.5],
    [0.1, 0, 1],
    [1e-30, 0, 1e-29],
  ] as const)('%d agrees with %d at a share of %d of what is allowed', ([got, want, share]) => {
    const { difference, errorShare } = compareOne(got, want);
    expect(difference).toBeUndefined();
    expect(errorShare).toBeCloseTo(share, 10);
  });

  test.for([
    [1.23, 1, 'wrong-value'],
    [0.1001, 0, 'wrong-value'],
    [NaN, 1, 'not-finite'],
    [NaN, 0, 'not-finite'],
    [NaN, Infinity, 'not-finite'],
    [Infinity, 1, 'not-finite'],
    [-Infinity, 1, 'not-finite'],
    [Infinity, -Infinity, 'not-finite'],
    [Infinity, Number.MAX_VALUE, 'not-finite'],
    [3, Infinity, 'wrong-value'], // an expected infinity does not make the tolerance infinite
    [3, -Infinity, 'wrong-value'],
    [Number.MAX_VALUE, Infinity, 'wrong-value'],
  ] as const)('%d is not %d: %s', ([got, want, cause]) => {
    const { difference, errorShare } = compareOne(got, want);
    expect(difference?.cause).toBe(cause);
    expect(errorShare).toBeGreaterThan(1);
  });

  test.for([NaN, 1, Infinity])('NaN is no right answer, whatever stands beside it: %d', (got) => {
    expect(() => compareOne(got, NaN)).toThrow(new RangeError('x is to be NaN by its specification, which no right answer is'));
    const { difference } = compareNumbers('x', [got], [NaN], [], tolerance, 'misconceived');
    expect(difference === undefined).toBe(Number.isNaN(got));
  });

  test.for([Infinity, -Infinity])('%d equals itself, for a specification that says so', (value) => {
    expect(compareOne(value, value)).toEqual({ errorShare: 0 });
  });

  test('to the last bit means to the last bit', () => {
    expect(compareNumbers('x', [1], [1], [], exactly).difference).toBeUndefined();
    expect(compareNumbers('x', [1 + Number.EPSILON], [1], [], exactly).difference?.cause).toBe('wrong-value');
  });
});

describe('many numbers', () => {
  test('the message names the first wrong place, both numbers, how many differ, and why the tolerance is what it is', () => {
    expect(compareNumbers('h', [0, 1, 2, 9, 8, 5], [0, 1, 2, 3, 4, 5], [1, 2, 3], tolerance)).toMatchObject({
      errorShare: expect.closeTo(6 / 0.13, 10),
      difference: { message: 'h[0][1][0] is 9 but should be 3; 2 of 6 numbers differ (allowed difference 0.13: a test allows this)' },
    });
  });

  test('a number that is not finite is shown before one that is merely wrong', () => {
    const { difference } = compareNumbers('h', [9, 1, NaN], [0, 1, 2], [3], tolerance);
    expect(difference).toMatchObject({ cause: 'not-finite', message: expect.stringContaining('h[2] is NaN but should be 2; 2 of 3') });
  });

  test('lists of unlike length are never compared, not even an empty one', () => {
    expect(() => compareNumbers('h', [1, 2], [1], [1], tolerance)).toThrow(RangeError);
    expect(() => compareNumbers('h', [1], [], [0], tolerance)).toThrow(RangeError);
    expect(() => compareNumbers('h', [], [1], [1], tolerance)).toThrow(RangeError);
  });
});

describe('a whole answer', () => {
  const h = toTensor([
    [1, 2],
    [3, 4],
  ]);
  const expected = {
    h: [
      [1, 2],
      [3, 4],
    ],
    c: 5,
  };

  test.for<[string, Tree, NestedAnswer]>([
    ['one tensor', h, expected.h],
    ['a number for a scalar', 5, 5],
    ['a scalar tensor for a scalar', toTensor(5), 5],
    ['named parts in any order', { c: 5, h }, expected],
  ])('%s agrees', ([, answer, wanted]) => {
    expect(compareAnswer(answer, wanted, tolerance)).toEqual({ errorShare: 0 });
  });

  test.for<[Tree, NestedAnswer, string]>([
    [h, expected, 'the answer should be an object { h, c }, not one tensor of shape [2, 2]'],
    [5, expected, 'the answer should be an object { h, c }, not a number'],
    [[h], expected, 'the answer should be an object { h, c }, not a list'],
    [{ h }, expected, 'the answer has no c: it should be an object { h, c }'],
    [{ h: [h], c: 5 }, expected, 'h should be a tensor, not a list'],
    [{ h: { h }, c: 5 }, expected, 'h should be a tensor, not an object { h }'],
    [{ h: toTensor([1, 2, 3, 4]), c: 5 }, expected, 'h has shape [4] but should have [2, 2]'],
    [{ h, c: toTensor([5]) }, expected, 'c has shape [1] but should have []'],
    [5, expected.h, 'the answer has shape [] but should have [2, 2]'],
    [{ h }, expected.h, 'the answer should be a tensor, not an object { h }'],
  ])('%# has another form', ([answer, wanted, message]) => {
    expect(compareAnswer(answer, wanted, tolerance)).toEqual({ errorShare: Infinity, difference: { cause: 'wrong-shape', message } });
  });

  test('a name that every object inherits is not an answer', () => {
    expect(compareAnswer({ h }, { constructor: 1 }, tolerance).difference?.cause).toBe('wrong-shape');
  });

  test('the first wrong part is told, and the largest share is kept where all agree', () => {
    expect(compareAnswer({ h, c: 6 }, expected, tolerance).difference?.message).toMatch(/^c is 6 but should be 5 \(/);
    expect(compareAnswer({ h, c: 5.075 }, expected, tolerance).errorShare).toBeCloseTo(0.5, 10);
  });
});

test('numbers that differ in their last digits are shown with as many as it takes to see it', () => {
  const { difference } = compareNumbers('p', [0.29696401], [0.29696402], [1], { absolute: 0, relative: 0, why: 'exactly' });
  expect(difference?.message).toMatch(/^p\[0\] is 0\.29696401 but should be 0\.29696402 /);
});
