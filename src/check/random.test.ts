import { createHash } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { flatten, type Nested } from './nested.ts';
import { Random, philox } from './random.ts';

type Words = [number, number, number, number];
const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');
const sha256 = (numbers: Nested) =>
  createHash('sha256')
    .update(Buffer.from(Float64Array.from(flatten(numbers)).buffer))
    .digest('hex');

describe('philox', () => {
  const full = 0xffffffff;
  test.for<[string, [number, number], Words, string]>([
    ['zeros', [0, 0], [0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ones', [full, full], [full, full, full, full], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['the digits of pi', [0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('gives the words that Random123 publishes for %s', ([, key, counter, words]) => {
    expect(hex(philox(key, counter))).toBe(words);
  });
});

describe('Random', () => {
  test('the drawn numbers never change: results of a seed can be repeated years later', () => {
    const draw = new Random('pinned', '00-warm-up/by-hand');
    const drawn = [draw.normal([3, 5]), draw.uniform([4, 2], -1, 3), draw.integers([20], 0, 7)];
    expect(drawn.map(sha256)).toEqual([
      '366da4aa0f6ebcc340b6cef16ffa50ae058c3988cf8b5068e48475b2f037d2a8',
      '6b1bee4e5340fb2fce2e3a53ac3fe4421efc86ba968c859174ad54edf6058d16',
      '82a67e51a8cafd5f3477ed069cee32b5822d010b5527f37d39055fc5d5bf7fa2',
    ]);
  });

  test('the same seed and purpose give the same numbers, another seed or purpose gives others', () => {
    const first = (seed: string, purpose: string) => new Random(seed, purpose).normal([4]);
    expect(first('a', 'b')).toEqual(first('a', 'b'));
    expect(first('a', 'c')).not.toEqual(first('a', 'b'));
    expect(first('c', 'b')).not.toEqual(first('a', 'b'));
    expect(first('a', 'bc')).not.toEqual(first('ab', 'c'));
  });

  test('a second draw goes on where the first one stopped', () => {
    const [once, twice] = [new Random('s', 'p'), new Random('s', 'p')];
    expect([...twice.uniform([3]), ...twice.uniform([2])]).toEqual(once.uniform([5]));
  });

  test('the shape is the one asked for', () => {
    const draw = new Random('s', 'p');
    const x = draw.normal([2, 3, 4]);
    expect([x.length, x[0]?.length, x[0]?.[0]?.length]).toEqual([2, 3, 4]);
    expect(draw.normal([])).toEqual(expect.any(Number));
    expect(draw.normal([0])).toEqual([]);
  });

  test('every number is exact in float32, so that grader and learner see the same input', () => {
    const draw = new Random('s', 'p');
    const numbers = [...draw.normal([200]), ...draw.uniform([200], 0.05, 0.95), ...draw.integers([200], -5, 5)];
    expect(numbers).toEqual(numbers.map(Math.fround));
  });

  test('normal numbers have mean 0 and the wanted deviation, and lie on both sides', () => {
    const [n, scale] = [4096, 3];
    const x = new Random('moments', 'p').normal([n], scale);
    const mean = x.reduce((sum, value) => sum + value, 0) / n;
    const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    expect(Math.abs(mean)).toBeLessThan(4 * (scale / Math.sqrt(n))); // four standard errors
    expect(Math.abs(deviation - scale)).toBeLessThan(4 * (scale / Math.sqrt(2 * n)));
    expect(x.filter((value) => value > 0).length / n).toBeCloseTo(0.5, 1);
  });

  test('uniform numbers fill their interval and stay in it', () => {
    const x = new Random('bounds', 'p').uniform([2000], 2, 6);
    expect(Math.min(...x)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...x)).toBeLessThanOrEqual(6);
    expect(Math.min(...x)).toBeLessThan(2.01);
    expect(Math.max(...x)).toBeGreaterThan(5.99);
  });

  test('whole numbers reach the lowest and the last before the end, and no further', () => {
    const x = new Random('whole', 'p').integers([500], -2, 3);
    expect([...new Set(x)].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });
});
