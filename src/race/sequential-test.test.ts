import { describe, expect, test } from 'vitest';

import { alpha, evidence, intervalOf, decide, maxRounds, strictAlpha, winsNeeded, type Verdict } from './sequential-test.ts';

const judgeRounds = (ratios: readonly number[], threshold: number, error = alpha) =>
  decide(
    ratios.map((ratio) => ratio > threshold),
    error,
  );

/** Exact chance of each verdict and mean number of rounds where each round is won with chance p, by dynamic programming over the wins. */
function operate(p: number, error = alpha) {
  const ended: Record<Verdict, number> = { faster: 0, 'not-faster': 0, 'cannot-tell': 0 };
  let rounds = 0;
  let alive = [1]; // chance of having won w rounds and of still racing
  for (let n = 1; n <= maxRounds; n++) {
    rounds += alive.reduce((sum, chance) => sum + chance, 0);
    const next = Array.from({ length: n + 1 }, (_, wins) => (alive[wins - 1] ?? 0) * p + (alive[wins] ?? 0) * (1 - p));
    alive = next.map((chance, wins) => {
      const verdict = decide(
        Array.from({ length: n }, (_, round) => round < wins),
        error,
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

  test.for([
    [12, undefined],
    [13, 13],
    [14, 14],
    [16, 16],
    [20, 19],
    [24, 22],
    [28, 25],
    [32, 27],
    [40, 33],
    [48, 38],
  ] as const)('after %d rounds needs %d wins where a tenth of the error is allowed', ([rounds, wins]) => {
    expect(winsNeeded(rounds, strictAlpha)).toBe(wins);
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

  test.for([
    [0.5, 0.04, 48],
    [0.7, 16.7, 45.7],
    [0.8, 71.2, 35.9],
    [0.9, 99.6, 21.7],
    [0.95, 100, 16.7],
  ] as const)('with a tenth of the error, won with chance %d: %d %% faster, %d rounds', ([p, faster, rounds]) => {
    const found = operate(p, strictAlpha);
    expect(100 * found.faster).toBeCloseTo(faster, faster < 1 ? 2 : 1);
    expect(found.rounds).toBeCloseTo(rounds, 1);
  });

  test('a wrong pass at the threshold stays below alpha whenever one looks', () => {
    expect(operate(0.5).faster).toBeLessThan(alpha);
    expect(operate(0.4).faster).toBeLessThan(operate(0.5).faster);
  });
});

describe('the interval', () => {
  const ratios = [3.1, 2.9, 3, 3.2, 2.8, 3.3, 2.7, 3.4, 2.6, 3.5, 2.5, 3.6];

  test('is that of the same test: below it every threshold is beaten, above it every one is missed, inside none is', () => {
    const { low, high } = intervalOf(ratios)!;
    expect([low, high]).toEqual([2.5, 3.6]);
    for (const threshold of [0.1, 2.4999, 2.5, 2.51, 3, 3.59, 3.6, 9]) {
      const expected = threshold < low ? 'faster' : threshold >= high ? 'not-faster' : 'cannot-tell';
      expect([threshold, judgeRounds(ratios, threshold)]).toEqual([threshold, expected]);
    }
  });

  test('agrees with the verdict for any rounds, thresholds between them and either error', () => {
    for (let n = 1; n <= maxRounds; n++) {
      const some = Array.from({ length: n }, (_, round) => 1 + ((round * 37) % 101) / 100);
      for (const error of [alpha, strictAlpha])
        for (const threshold of [1, 1.2, 1.45, 1.5, 1.8, 2.5]) {
          const { low, high } = intervalOf(some, error) ?? { low: -Infinity, high: Infinity };
          const expected = threshold < low ? 'faster' : threshold >= high ? 'not-faster' : 'cannot-tell';
          expect(judgeRounds(some, threshold, error)).toBe(expected);
        }
    }
  });

  test('is not there before a verdict could be', () => {
    expect(intervalOf(ratios.slice(0, 8))).toBeUndefined();
    expect(intervalOf(ratios, strictAlpha)).toBeUndefined();
  });
});
