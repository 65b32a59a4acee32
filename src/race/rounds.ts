import { performance } from 'node:perf_hooks';

import type { Statistics } from 'tinybench';

import type { Round } from '../result/race.ts';
import { callsPerSample, turnsPerRound, turnsWhereClear } from './round-size.ts';
import { makeRound, type Pass } from './round.ts';
import { SampleBench } from './sample-bench.ts';
import { alpha, fewestRounds, decide, maxRounds, type Verdict } from './sequential-test.ts';

/** One timed call on a fresh input: stages it untimed, runs, checks the answer, and gives milliseconds. */
export type TimedCall = (input: number) => Promise<number>;

/** The passes under test; the reference only where one is raced against too. */
export interface PassesUnderTest {
  readonly baseline: TimedCall;
  readonly reference?: TimedCall;
  readonly candidate: TimedCall;
}

/** What a round must beat to be won: both thresholds, where there are two. */
export interface Thresholds {
  /** Speed-up over the baseline, as a ratio. */
  readonly threshold: number;
  /** Share of the reference's own speed-up, from 0 to 1; only with a reference. */
  readonly share?: number;
}

/** All rounds of a race so far, as they were run, and what they say. */
export interface Rounds {
  readonly verdict: Verdict;
  readonly rounds: readonly Round[];
  /** Of all samples of each pass, milliseconds. */
  readonly statistics: { readonly baseline: Statistics; readonly reference?: Statistics; readonly candidate: Statistics };
}

export interface RaceOptions {
  /** Chance of a wrong verdict that is allowed. */
  readonly error?: number;
  /** Rounds of the same race, to be carried on: the test stays valid, because it is never begun anew. */
  readonly before?: readonly Round[];
  /** Called before each round, so that all passes begin it in the same state. */
  readonly beforeRound?: (round: number) => Promise<void>;
  /** Called after each round, for work that need not wait until the race has ended; its time is not the race's. */
  readonly afterRound?: () => Promise<void>;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly onRound?: (rounds: number) => void;
}

const allPasses = ['baseline', 'reference', 'candidate'] as const satisfies Pass[]; // in the order of a block

/** Calls of each pass before the first round. */
export const warmUps = 3; // the first call compiles shaders and fills allocators, the others find them there
const budgetMs = 20_000; // time is up with "cannot tell", never with a pass, and not before as many rounds as can decide
const clear = 1.6; // times what is asked, or that far below it: one interruption of a few milliseconds moves no call of 20 across
const hopeless = 10; // times as slow as the baseline: such a pass loses by two samples as by ten, and ten are not worth the wait

/**
 * Races two passes in paired rounds, or three: in ABBA and BAAB blocks by turns, or in ARBBRA and BRAARB, so that drift cancels; a round of short calls is three or five of
 * these, and fewer where the warm-up finds the passes clearly on one side of what is asked. How many is settled before the first round, so the sign test holds whatever it is.
 * It ends when the test decides, rounds are out, or time is up.
 */
export async function raceRounds(passes: PassesUnderTest, thresholds: Thresholds, options: RaceOptions = {}): Promise<Rounds> {
  const { error = alpha, before = [], now = performance.now.bind(performance), beforeRound, afterRound, onRound } = options;
  const order = allPasses.filter((pass) => passes[pass] !== undefined);
  const { turns, calls } = await warmUp(passes, order, thresholds);
  const rounds = [...before];
  let end = now() + budgetMs;
  const [fewest, most] = [fewestRounds(error), before.length + maxRounds];
  const bench = new SampleBench(order);
  let input = warmUps;
  let verdict: Verdict = 'cannot-tell';
  try {
    for (const pass of order) for (const ms of samplesOf(before, pass)) await bench.sample(pass, async () => ms);
    while (verdict === 'cannot-tell' && rounds.length < most && (now() < end || rounds.length < fewest)) {
      await beforeRound?.(rounds.length);
      const [there, back] = rounds.length % 2 === 0 ? [order, order.toReversed()] : [order.toReversed(), order];
      const samples: Record<Pass, number[]> = { baseline: [], reference: [], candidate: [] };
      for (let turn = 0; turn < turns; turn++) {
        for (const pass of turn % 2 === 0 ? there : back)
          samples[pass].push(await bench.sample(pass, () => callOften(passes[pass] as TimedCall, input, calls)));
        input += calls;
      }
      rounds.push(makeRound(samples));
      verdict = decide(winsOf(rounds, thresholds), error);
      onRound?.(rounds.length);
      const ended = now();
      await afterRound?.();
      end += now() - ended;
    }
  } finally {
    await bench.close();
  }
  return { verdict, rounds, statistics: describePasses(bench, order) };
}

/** Calls every pass on the first inputs. The quickest of all calls say how many make a sample and a round: one that was interrupted makes no call a long one. */
async function warmUp(passes: PassesUnderTest, order: readonly Pass[], thresholds: Thresholds): Promise<{ turns: number; calls: number }> {
  const quickest: Record<Pass, number> = { baseline: Infinity, reference: Infinity, candidate: Infinity };
  for (let input = 0; input < warmUps; input++)
    for (const pass of order) quickest[pass] = Math.min(quickest[pass], await (passes[pass] as TimedCall)(input));
  const times = order.map((pass) => quickest[pass]);
  const turnMs = times.reduce((sum, ms) => sum + ms, 0);
  const turns = isClear(quickest, thresholds)
    ? turnsWhereClear(turnMs)
    : turnsPerRound(Math.max(quickest.baseline, Math.max(...times) / hopeless));
  return { turns, calls: callsPerSample(quickest.baseline) };
}

/** True where these times lie far above all that is asked, or far below any of it. */
function isClear({ baseline, reference, candidate }: Record<Pass, number>, { threshold, share }: Thresholds): boolean {
  const margins = [baseline / candidate / threshold, ...(share === undefined ? [] : [reference / candidate / share])];
  return margins.every((margin) => margin > clear) || margins.some((margin) => margin < 1 / clear);
}

/** The mean time of some calls of one pass, each on an input of its own, milliseconds. */
async function callOften(pass: TimedCall, input: number, calls: number): Promise<number> {
  let sum = 0;
  for (let call = 0; call < calls; call++) sum += await pass(input + call);
  return sum / calls;
}

function samplesOf(rounds: readonly Round[], pass: Pass): number[] {
  return rounds.flatMap(
    ({ baselineMs, referenceMs = [], candidateMs }) => ({ baseline: baselineMs, reference: referenceMs, candidate: candidateMs })[pass],
  );
}

function describePasses(bench: SampleBench<Pass>, order: readonly Pass[]): Rounds['statistics'] {
  const [baseline, candidate] = [bench.statisticsOf('baseline'), bench.statisticsOf('candidate')];
  return { baseline, candidate, ...(order.includes('reference') ? { reference: bench.statisticsOf('reference') } : {}) };
}

/** Whether each round beat its thresholds. */
function winsOf(rounds: readonly Round[], { threshold, share }: Thresholds): boolean[] {
  return rounds.map((round) => round.ratio > threshold && (share === undefined || (round.share ?? 0) > share));
}
