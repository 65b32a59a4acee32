import { describe, expect, test } from 'vitest';

import { finiteDifferences } from './finite-difference.ts';
import { flatten, type Named, type Nested } from './nested.ts';

const close = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 8));

describe('the gradient by central differences', () => {
  test.for<[string, Nested, Nested, number[]]>([
    ['a number', 3, [1, 1], [6]],
    ['a list', [1, -2, 3], [1, 1], [2, -4, 6]],
    [
      'a matrix',
      [
        [1, 2],
        [3, 4],
      ],
      [1, 1],
      [2, 4, 6, 8],
    ],
    ['a list, half of the output weighed', [1, -2], [0, 0.5], [1, -2]],
  ])('is right by %s', ([, x, cotangent, gradient]) => {
    const squares = (input: Named) => {
      const sum = flatten(input['x'] as Nested).reduce((total, value) => total + value * value, 0);
      return { other: 0, y: [100, sum] };
    };
    const found = finiteDifferences(squares, { x }, 'y', cotangent, ['x']);
    expect(flatten(found['x'] as Nested)).toEqual(close(gradient));
  });

  test('is taken of the output asked for, by the inputs asked for, in their shapes', () => {
    const passes = ({ a, b }: Named) => ({ y: (a as number) * (b as number), z: (a as number) + (b as number) });
    expect(finiteDifferences(passes, { a: 2, b: 5 }, 'y', 1, ['a', 'b'])).toEqual({ a: expect.closeTo(5, 8), b: expect.closeTo(2, 8) });
    expect(finiteDifferences(passes, { a: 2, b: 5 }, 'z', 3, ['b'])).toEqual({ b: expect.closeTo(3, 8) });
    expect(finiteDifferences(({ a }) => a as Nested, { a: [[1], [2]] }, '', [[1], [1]], ['a'])).toEqual({
      a: [[expect.closeTo(1, 8)], [expect.closeTo(1, 8)]],
    });
  });

  test('is exact to nine digits where the function bends', () => {
    const found = finiteDifferences(({ x }) => Math.tanh(x as number), { x: 0.7 }, '', 1, ['x']);
    expect(found['x']).toBeCloseTo(1 - Math.tanh(0.7) ** 2, 9);
  });

  test('leaves the input as it was', () => {
    const input = { b: [1, 2, 3], W: [[1, 2]] };
    finiteDifferences(({ b }) => b as Nested, input, '', [1, 1, 1], ['b', 'W']);
    expect(input).toEqual({ b: [1, 2, 3], W: [[1, 2]] });
  });
});
