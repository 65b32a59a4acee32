import { describe, expect, test } from 'vitest';

import { callsPerSample, describeSamples, raceRounds, blocksPerRound, type TimedCall } from './rounds.ts';
import { maxRounds } from './sequential-test.ts';

/** Two arms that take these times, and the order in which they were called. */
function arms(baselineMs: number, candidateMs: number) {
  const calls: string[] = [];
  const arm =
    (name: string, milliseconds: number): TimedCall =>
    async (input) => (calls.push(`${name}${input}`), milliseconds);
  return { calls, baseline: arm('A', baselineMs), candidate: arm('B', candidateMs) };
}
const stopped = () => 0; // a clock on which no time passes
const line = { threshold: 2 };

describe('a race', () => {
  test.for([
    [30, 10, 'faster', 9],
    [10, 10, 'not-faster', 9],
    [10, 30, 'not-faster', 9],
    [20, 10, 'not-faster', 9], // exactly at the threshold is not above it
  ] as const)('of %d ms against %d ms is %s after %d rounds', async ([slow, fast, verdict, rounds]) => {
    const { baseline, candidate } = arms(slow, fast);
    const found = await raceRounds({ baseline, candidate }, line, { now: stopped });
    expect(found.verdict).toBe(verdict);
    expect(found.ratios).toHaveLength(rounds);
    for (const ratio of found.ratios) expect(ratio).toBeCloseTo(slow / fast, 12);
    const takes = slow < 20 ? 10 : 6;
    expect(found.baselineMs).toEqual(Array(takes * rounds).fill(slow));
    expect(found.candidateMs).toEqual(Array(takes * rounds).fill(fast));
  });

  test('warms up, then takes turns: ABBA, BAAB, and every input is fresh and the same for both', async () => {
    const { calls, baseline, candidate } = arms(300, 100);
    await raceRounds({ baseline, candidate }, line, { now: stopped });
    expect(calls.slice(0, 14)).toEqual(['A0', 'B0', 'A1', 'B1', 'A2', 'B2', 'A3', 'B3', 'B4', 'A4', 'B5', 'A5', 'A6', 'B6']);
    expect(new Set(calls).size, 'nothing is run twice on the same input').toBe(calls.length);
    expect(
      calls
        .filter((call) => call.startsWith('A'))
        .map((call) => call.slice(1))
        .toSorted(),
    ).toEqual(
      calls
        .filter((call) => call.startsWith('B'))
        .map((call) => call.slice(1))
        .toSorted(),
    );
  });

  test('a steady drift of the machine cancels out of every round', async () => {
    let factor = 1;
    const drifting =
      (milliseconds: number): TimedCall =>
      async () =>
        milliseconds * (factor *= 1.05);
    const { ratios } = await raceRounds({ baseline: drifting(200), candidate: drifting(100) }, { threshold: 1.5 }, { now: stopped });
    for (const ratio of ratios) expect(ratio).toBeCloseTo(2, 9);
    factor = 1;
    const short = await raceRounds({ baseline: drifting(20), candidate: drifting(10) }, { threshold: 1.5 }, { now: stopped });
    const [first = 0, second = 0] = short.ratios;
    expect(first * second, 'what a round of short calls favours one by, the next favours the other').toBeCloseTo(4, 9);
  });

  test('what wins and loses by turns cannot be told, and ends', async () => {
    let call = 1; // after three warm-ups a round of two calls begins
    const { baseline } = arms(100, 0);
    const found = await raceRounds({ baseline, candidate: async () => (Math.floor(call++ / 2) % 2 === 0 ? 5 : 500) }, line, {
      now: stopped,
    });
    expect(found).toMatchObject({ verdict: 'cannot-tell' });
    expect(found.ratios).toHaveLength(maxRounds);
  });

  test('when time is up it cannot tell, however well it went', async () => {
    const { baseline, candidate } = arms(30, 10);
    let now = 0;
    const found = await raceRounds({ baseline, candidate }, line, { now: () => (now += 6000) });
    expect(found.verdict).toBe('cannot-tell');
    expect(found.ratios.length).toBeLessThan(9);
  });

  test('when time is up a pass that has lost every round is still found too slow', async () => {
    const { baseline, candidate } = arms(10, 6000);
    let now = 0;
    const found = await raceRounds({ baseline, candidate }, line, { now: () => (now += 12_000) });
    expect(found).toMatchObject({ verdict: 'not-faster' });
    expect(found.ratios).toHaveLength(9);
  });

  test('a clock that shows no time gives no infinity', async () => {
    const { baseline, candidate } = arms(1, 0);
    const { ratios } = await raceRounds({ baseline, candidate }, line, { now: stopped });
    expect(ratios.every((ratio) => Number.isFinite(ratio))).toBe(true);
  });

  test('with a reference the order is a palindrome, and both lines must be beaten', async () => {
    const { calls, baseline, candidate } = arms(300, 100);
    const reference: TimedCall = async (input) => (calls.push(`R${input}`), 80);
    const found = await raceRounds({ baseline, reference, candidate }, { threshold: 2, share: 0.7 }, { now: stopped });
    expect(
      calls
        .slice(9, 21)
        .map((call) => call[0])
        .join(''),
    ).toBe('ARBBRABRAARB');
    expect(found).toMatchObject({ verdict: 'faster', referenceMs: Array(18).fill(80) });
    for (const share of found.shares) expect(share).toBeCloseTo(0.8, 12);
    const strict = await raceRounds({ baseline, reference, candidate }, { threshold: 2, share: 0.9 }, { now: stopped });
    expect(strict.verdict).toBe('not-faster');
  });

  test('can be carried on: the rounds before count, and none is run twice', async () => {
    const { baseline, candidate } = arms(30, 10);
    const lost = {
      ratios: Array<number>(5).fill(1),
      shares: [],
      baselineMs: Array<number>(10).fill(5),
      referenceMs: [],
      candidateMs: Array<number>(10).fill(5),
    };
    const found = await raceRounds({ baseline, candidate }, line, { now: stopped, before: lost });
    expect(found.verdict).toBe('faster');
    expect(found.ratios.slice(0, 6)).toEqual([1, 1, 1, 1, 1, expect.closeTo(3, 9)]);
    expect(found.ratios.length).toBeGreaterThan(5 + 9); // five lost rounds are not forgotten
  });

  test('calls too short for the clock are added up, each on an input of its own; the baseline alone says how many', async () => {
    expect([callsPerSample(10, 0.001), callsPerSample(0.004, 0.001), callsPerSample(0, 0.001)]).toEqual([1, 5, 1000]);
    const short = arms(1e-6, 1);
    await raceRounds({ baseline: short.baseline, candidate: short.candidate }, line, { now: stopped });
    const own = short.calls.filter((call) => call.startsWith('B'));
    expect(own.length).toBeGreaterThan(2 * 18);
    expect(new Set(own).size).toBe(own.length);
  });

  test('a round of short calls is three or five palindromes, whose lower quartile counts, so that interruptions move nothing', async () => {
    expect([5, 19, 20, 59, 60, 500].map(blocksPerRound)).toEqual([5, 5, 3, 3, 1, 1]);
    const { calls, baseline } = arms(15, 0);
    let call = 0;
    const interrupted: TimedCall = async () => (calls.push('B'), call++ % 2 === 0 ? 100 : 5); // every other
    const found = await raceRounds({ baseline, candidate: interrupted }, line, { now: stopped });
    expect(found.verdict).toBe('faster');
    for (const ratio of found.ratios) expect(ratio).toBeCloseTo(3, 9);
    expect(
      calls
        .slice(6, 46)
        .map((name) => name[0])
        .join(''),
    ).toBe(`${'ABBA'.repeat(5)}${'BAAB'.repeat(5)}`);
  });

  test('one slow warm-up makes no short call a long one', async () => {
    const { baseline, candidate } = arms(15, 5);
    let call = 0;
    const cold: TimedCall = async (input) => (call++ === 2 ? 300 : baseline(input));
    expect((await raceRounds({ baseline: cold, candidate }, line, { now: stopped })).baselineMs).toHaveLength(10 * 9);
  });

  test('of a pass ten times slower than a short baseline one take is enough', async () => {
    const { calls, baseline, candidate } = arms(5, 6000);
    await raceRounds({ baseline, candidate }, line, { now: stopped });
    expect(calls.filter((call) => call.startsWith('B'))).toHaveLength(3 + 2 * 9);
  });

  test('a call that fails ends the race', async () => {
    const failing: TimedCall = async (input) => (input === 5 ? Promise.reject(new Error('wrong answer')) : 10);
    await expect(raceRounds({ baseline: arms(30, 0).baseline, candidate: failing }, line, { now: stopped })).rejects.toThrow(
      'wrong answer',
    );
  });
});

describe('the samples of a race', () => {
  test('are described as they are, and none is left out', async () => {
    const { p50, min, max, mean, samplesCount } = await describeSamples('ms', [5, 1, 4, 2, 3]);
    expect({ p50, min, max, samplesCount }).toEqual({ p50: 3, min: 1, max: 5, samplesCount: 5 });
    expect(mean).toBeCloseTo(3, 12);
  });

  test('one is enough', async () => {
    expect((await describeSamples('ms', [7])).p50).toBe(7);
  });
});
