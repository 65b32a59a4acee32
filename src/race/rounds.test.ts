import { describe, expect, test } from 'vitest';

import { ratiosOf, type Round } from '../result/race.ts';
import { median } from '../result/statistics.ts';
import { raceRounds, type Rounds, type TimedCall } from './rounds.ts';
import { maxRounds } from './sequential-test.ts';

/** Two passes that take these times, and the order in which they were called. */
function makePasses(baselineMs: number, candidateMs: number) {
  const calls: string[] = [];
  const pass =
    (name: string, milliseconds: number): TimedCall =>
    async (input) => (calls.push(`${name}${input}`), milliseconds);
  return { calls, baseline: pass('A', baselineMs), candidate: pass('B', candidateMs) };
}
const stopped = () => 0; // a clock on which no time passes
const thresholds = { threshold: 2 };
/** All samples of one kind, in order. */
const allOf = ({ rounds }: Rounds, kind: 'baselineMs' | 'candidateMs' | 'referenceMs') => rounds.flatMap((round) => round[kind] ?? []);

describe('a race', () => {
  test.for([
    [30, 10, 'faster', 9, 6],
    [10, 10, 'not-faster', 9, 10],
    [10, 30, 'not-faster', 9, 4],
    [20, 10, 'not-faster', 9, 6], // exactly at the threshold is not above it
  ] as const)('of %d ms against %d ms is %s after %d rounds of %d samples', async ([slow, fast, verdict, rounds, samples]) => {
    const { baseline, candidate } = makePasses(slow, fast);
    const found = await raceRounds({ baseline, candidate }, thresholds, { now: stopped });
    expect(found.verdict).toBe(verdict);
    expect(found.rounds).toHaveLength(rounds);
    for (const ratio of ratiosOf(found)) expect(ratio).toBeCloseTo(slow / fast, 12);
    for (const { baselineMs, candidateMs } of found.rounds)
      expect([baselineMs, candidateMs]).toEqual([Array(samples).fill(slow), Array(samples).fill(fast)]);
  });

  test('warms up, then takes turns: ABBA, BAAB, and every input is fresh and the same for both', async () => {
    const { calls, baseline, candidate } = makePasses(300, 100);
    await raceRounds({ baseline, candidate }, thresholds, { now: stopped });
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
    const long = await raceRounds({ baseline: drifting(200), candidate: drifting(100) }, { threshold: 1.5 }, { now: stopped });
    for (const ratio of ratiosOf(long)) expect(ratio).toBeCloseTo(2, 9);
    factor = 1;
    const short = await raceRounds({ baseline: drifting(20), candidate: drifting(10) }, { threshold: 1.5 }, { now: stopped });
    const [first = 0, second = 0] = ratiosOf(short);
    expect(first * second, 'what a round of short calls favours one by, the next favours the other').toBeCloseTo(4, 9);
  });

  test('where the warm-up lies clearly on one side of what is asked, a round of long calls is one turn, by turns the other way', async () => {
    const orderOf = async (candidateMs: number) => {
      const { calls, baseline, candidate } = makePasses(300, candidateMs);
      const { rounds } = await raceRounds({ baseline, candidate }, thresholds, { now: stopped });
      expect(rounds).toHaveLength(9);
      return calls
        .slice(6, 14)
        .map((call) => call[0])
        .join('');
    };
    expect([await orderOf(90), await orderOf(250)], 'three times and 1.2 times as fast, where twice is asked').toEqual([
      'ABBAABBA',
      'ABBAABBA',
    ]);
    expect(await orderOf(140), 'near what is asked').toBe('ABBABAAB');
    const { calls, baseline, candidate } = makePasses(300, 90);
    const reference: TimedCall = async () => 40;
    await raceRounds({ baseline, reference, candidate }, { threshold: 2, share: 0.4 }, { now: stopped });
    expect(calls.length, 'clearly above one threshold, near the other').toBe(2 * (3 + 2 * 9));
  });

  test('what is done after a round takes none of the race’s time', async () => {
    const { baseline, candidate } = makePasses(30, 10);
    let now = 0;
    const found = await raceRounds({ baseline, candidate }, thresholds, {
      now: () => now,
      afterRound: async () => void (now += 60_000),
    });
    expect(found.verdict).toBe('faster');
  });

  test('what wins and loses by turns cannot be told, and ends', async () => {
    let call = 1; // after three warm-ups a round of two calls begins
    const { baseline } = makePasses(100, 0);
    const found = await raceRounds({ baseline, candidate: async () => (Math.floor(call++ / 2) % 2 === 0 ? 5 : 500) }, thresholds, {
      now: stopped,
    });
    expect(found).toMatchObject({ verdict: 'cannot-tell' });
    expect(found.rounds).toHaveLength(maxRounds);
  });

  test('when time is up it cannot tell, however well it went', async () => {
    const { baseline } = makePasses(30, 10);
    let [now, call] = [0, 0];
    const candidate: TimedCall = async () => (++call > 3 && call <= 9 ? 100 : 10); // after the warm-up the first round is lost
    const found = await raceRounds({ baseline, candidate }, thresholds, { now: () => (now += 6000) });
    expect(found.verdict).toBe('cannot-tell');
    expect(found.rounds).toHaveLength(9);
  });

  test('time is not up before as many rounds as can decide, for slow passes too', async () => {
    for (const [candidateMs, verdict] of [
      [10, 'faster'],
      [6000, 'not-faster'],
    ] as const) {
      const { baseline, candidate } = makePasses(30, candidateMs);
      let now = 0;
      const found = await raceRounds({ baseline, candidate }, thresholds, { now: () => (now += 12_000) });
      expect(found).toMatchObject({ verdict });
      expect(found.rounds).toHaveLength(9);
    }
  });

  test('a clock that shows no time gives no infinity', async () => {
    const { baseline, candidate } = makePasses(1, 0);
    const found = await raceRounds({ baseline, candidate }, thresholds, { now: stopped });
    expect(ratiosOf(found).every((ratio) => Number.isFinite(ratio))).toBe(true);
  });

  test('with a reference a block holds three passes, and both thresholds must be beaten', async () => {
    const { calls, baseline, candidate } = makePasses(300, 100);
    const reference: TimedCall = async (input) => (calls.push(`R${input}`), 80);
    const found = await raceRounds({ baseline, reference, candidate }, { threshold: 2, share: 0.7 }, { now: stopped });
    expect(
      calls
        .slice(9, 21)
        .map((call) => call[0])
        .join(''),
    ).toBe('ARBBRABRAARB');
    expect(found).toMatchObject({ verdict: 'faster', statistics: { reference: { p50: 80, samplesCount: 18 } } });
    for (const { share, referenceMs } of found.rounds)
      expect({ share, referenceMs }).toEqual({ share: expect.closeTo(0.8, 12), referenceMs: [80, 80] });
    const strict = await raceRounds({ baseline, reference, candidate }, { threshold: 2, share: 0.9 }, { now: stopped });
    expect(strict.verdict).toBe('not-faster');
  });

  test('can be carried on: the rounds before count, and none is run twice', async () => {
    const { baseline, candidate } = makePasses(30, 10);
    const lost = Array.from({ length: 5 }, (): Round => ({ ratio: 1, baselineMs: [5, 5], candidateMs: [5, 5] }));
    const found = await raceRounds({ baseline, candidate }, thresholds, { now: stopped, before: lost });
    expect(found.verdict).toBe('faster');
    expect(ratiosOf(found).slice(0, 6)).toEqual([1, 1, 1, 1, 1, expect.closeTo(3, 9)]);
    expect(found.rounds.length).toBeGreaterThan(5 + 9); // five lost rounds are not forgotten
    expect(found.statistics.baseline).toMatchObject({ min: 5, samplesCount: allOf(found, 'baselineMs').length });
  });

  test('calls too short for the clock are added up, each on an input of its own; the baseline alone says how many', async () => {
    const short = makePasses(1e-6, 1);
    await raceRounds({ baseline: short.baseline, candidate: short.candidate }, thresholds, { now: stopped });
    const own = short.calls.filter((call) => call.startsWith('B'));
    expect(own.length).toBeGreaterThan(2 * 18);
    expect(new Set(own).size).toBe(own.length);
  });

  test('a round of short calls is five ABBA blocks, whose lower quartile counts, so that interruptions move nothing', async () => {
    const { calls, baseline } = makePasses(15, 0);
    let call = 0;
    const interrupted: TimedCall = async () => (calls.push('B'), call++ % 2 === 0 ? 100 : 5); // every other
    const found = await raceRounds({ baseline, candidate: interrupted }, thresholds, { now: stopped });
    expect(found.verdict).toBe('faster');
    for (const ratio of ratiosOf(found)) expect(ratio).toBeCloseTo(3, 9);
    expect(
      calls
        .slice(6, 46)
        .map((name) => name[0])
        .join(''),
    ).toBe(`${'ABBA'.repeat(5)}${'BAAB'.repeat(5)}`);
  });

  test('one slow warm-up makes no short call a long one', async () => {
    const { baseline, candidate } = makePasses(15, 5);
    let call = 0;
    const cold: TimedCall = async (input) => (call++ === 2 ? 300 : baseline(input));
    expect(allOf(await raceRounds({ baseline: cold, candidate }, thresholds, { now: stopped }), 'baselineMs')).toHaveLength(10 * 9);
  });

  test('of a pass ten times slower than a short baseline one turn is enough', async () => {
    const { calls, baseline, candidate } = makePasses(5, 6000);
    await raceRounds({ baseline, candidate }, thresholds, { now: stopped });
    expect(calls.filter((call) => call.startsWith('B'))).toHaveLength(3 + 9);
  });

  test('medians are tinybench’s, of every sample and of no warm-up', async () => {
    const [baseline, candidate] = [100, 40].map((ms): TimedCall => {
      let call = 0;
      return async () => (call++ < 3 ? 1000 : ms + call);
    }) as [TimedCall, TimedCall];
    const found = await raceRounds({ baseline, candidate }, thresholds, { now: stopped });
    for (const [kind, pass] of [
      ['baselineMs', 'baseline'],
      ['candidateMs', 'candidate'],
    ] as const) {
      const samples = allOf(found, kind);
      const { p50, min, max, samplesCount } = found.statistics[pass];
      expect({ p50, min, max, samplesCount }).toEqual({
        p50: expect.closeTo(median(samples), 12),
        min: Math.min(...samples),
        max: Math.max(...samples),
        samplesCount: samples.length,
      });
    }
  });

  test('a call that fails ends the race', async () => {
    const failing: TimedCall = async (input) => (input === 5 ? Promise.reject(new Error('wrong answer')) : 10);
    await expect(raceRounds({ baseline: makePasses(30, 0).baseline, candidate: failing }, thresholds, { now: stopped })).rejects.toThrow(
      'wrong answer',
    );
  });
});
