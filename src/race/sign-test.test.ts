import { describe, expect, test } from 'vitest';

import { alpha, evidence, judgeRounds, maxRounds, median, type Verdict } from './sign-test.ts';

/** Fewest wins of `rounds` that decide, or none. */
const winsNeeded = (rounds: number) =>
  Array.from({ length: rounds + 1 }, (_, wins) => wins).find((wins) => evidence(wins, rounds) >= 1 / alpha);

/** Exact chance of each verdict and mean number of rounds where each round is won with chance p, by dynamic programming over the wins. */
function operate(p: number) {
  const ended: Record<Verdict, number> = { faster: 0, 'not-faster': 0, 'cannot-tell': 0 };
  let rounds = 0;
  let alive = [1]; // chance of having won w rounds and of still racing
  for (let n = 1; n <= maxRounds; n++) {
    rounds += alive.reduce((sum, chance) => sum + chance, 0);
    const next = Array.from({ length: n + 1 }, (_, wins) => (alive[wins - 1] ?? 0) * p + (alive[wins] ?? 0) * (1 - p));
    alive = next.map((chance, wins) => {
      const verdict = judgeRounds(
        Array.from({ length: n }, (_, round) => (round < wins ? 3 : 1)),
        2,
      );
      if (verdict === 'cannot-tell' && n < maxRounds) return chance;
      ended[verdict] += chance;
      return 0;
    });
  }
  return { ...ended, rounds };
}

describe('the evidence', () => {
  test.for([
    [0, 0, 1],
    [1, 1, 1.5],
    [0, 1, 0.5],
    [2, 2, 7 / 3],
    [1, 2, 2 / 3],
  ] as const)('of %d wins in %d rounds is %d', ([wins, rounds, value]) => {
    expect(evidence(wins, rounds)).toBeCloseTo(value, 12);
  });

  test.for([
    [7, 9],
    [20, 30],
    [31, 48],
    [48, 48],
  ] as const)('of %d wins in %d rounds is the integral it stands for', ([w, n]) => {
    const steps = 20_000;
    const at = (index: number) => 0.5 + index / (2 * steps);
    let integral = 0; // Simpson's rule over p from 1/2 to 1
    for (let index = 0; index <= steps; index++) {
      const weight = index === 0 || index === steps ? 1 : index % 2 === 1 ? 4 : 2;
      integral += (weight * at(index) ** w * (1 - at(index)) ** (n - w)) / (6 * steps);
    }
    expect(evidence(w, n) / (2 ** (n + 1) * integral)).toBeCloseTo(1, 8);
  });

  test('is a fair bet at p = 1/2: its mean after one more round is what it was', () => {
    for (let n = 0; n < maxRounds; n++)
      for (let w = 0; w <= n; w++) expect((evidence(w, n + 1) + evidence(w + 1, n + 1)) / 2 / evidence(w, n)).toBeCloseTo(1, 9);
  });
});

describe('the verdict', () => {
  test.for([
    [8, undefined],
    [9, 9],
    [10, 10],
    [12, 12],
    [14, 13],
    [16, 15],
    [20, 18],
    [24, 20],
    [28, 23],
    [32, 26],
    [40, 31],
    [48, 36],
  ] as const)('after %d rounds needs %d wins', ([rounds, wins]) => {
    expect(winsNeeded(rounds)).toBe(wins);
  });

  test('cannot be had before nine rounds, either way', () => {
    for (let n = 0; n < 9; n++)
      expect([judgeRounds(Array(n).fill(9), 2), judgeRounds(Array(n).fill(1), 2)]).toEqual(['cannot-tell', 'cannot-tell']);
    expect(judgeRounds(Array(9).fill(9), 2)).toBe('faster');
    expect(judgeRounds(Array(9).fill(1), 2)).toBe('not-faster');
  });

  test('counts a round that only reaches the threshold as lost', () => {
    expect(judgeRounds(Array(9).fill(2), 2)).toBe('not-faster');
    expect(judgeRounds(Array(9).fill(2 + 1e-12), 2)).toBe('faster');
  });

  test('is moved by an outlier no further than by any other round', () => {
    expect(judgeRounds([1e9, ...Array(8).fill(1)], 2)).toBe('cannot-tell');
    expect(judgeRounds([1e-9, NaN, ...Array(7).fill(3)], 2)).toBe('cannot-tell');
  });
});

describe('the exact chances', () => {
  test.for([
    [0.5, 0.49, 0.49, 47.7],
    [0.7, 39.9, 0.002, 40.4],
    [0.8, 90.0, 0, 26.5],
    [0.9, 99.96, 0, 14.9],
    [0.95, 100, 0, 11.5],
  ] as const)('where a round is won with chance %d: %d %% faster, %d %% not faster, %d rounds', ([p, faster, notFaster, rounds]) => {
    const found = operate(p);
    const digits = (value: number) => (String(value).split('.')[1] ?? '').length;
    expect((100 * found.faster).toFixed(digits(faster))).toBe(faster.toFixed(digits(faster)));
    expect((100 * found['not-faster']).toFixed(digits(notFaster))).toBe(notFaster.toFixed(digits(notFaster)));
    expect(found.rounds.toFixed(1)).toBe(rounds.toFixed(1));
    expect(found.faster + found['not-faster'] + found['cannot-tell']).toBeCloseTo(1, 12);
  });

  test('a wrong pass at the threshold stays below alpha whenever one looks', () => {
    expect(operate(0.5).faster).toBeLessThan(alpha);
    expect(operate(0.4).faster).toBeLessThan(operate(0.5).faster);
  });
});

test.for([
  [[3], 3],
  [[4, 1], 2.5],
  [[9, 1, 5], 5],
  [[10, 9, 2, 1], 5.5],
] as const)('the median of %j is %d', ([values, middle]) => {
  expect(median(values)).toBe(middle);
});
