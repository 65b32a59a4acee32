import { performance } from 'node:perf_hooks';

import { Bench, type Statistics } from 'tinybench';

import { alpha, fewestRounds, judgeWins, maxRounds, median, type Verdict } from './sign-test.ts';

/** One timed call on a fresh input: stages it untimed, runs, checks the answer, and gives milliseconds. */
export type TimedCall = (input: number) => Promise<number>;

/** Who runs: the kit's sequential pass, the kit's parallel pass where one is raced against too, the learner's. */
export interface Arms {
  readonly baseline: TimedCall;
  readonly reference?: TimedCall;
  readonly candidate: TimedCall;
}

/** What a round must beat to be won: both lines, where there are two. */
export interface Lines {
  /** Speed-up over the baseline, as a ratio. */
  readonly threshold: number;
  /** Share of the reference's own speed-up, from 0 to 1; only with a reference. */
  readonly share?: number;
}

/** All rounds of a race so far, as they were run. */
export interface Laps {
  /** Baseline over candidate, one for each round, in order. */
  readonly ratios: readonly number[];
  /** Reference over candidate, one for each round; empty without a reference. */
  readonly shares: readonly number[];
  readonly baselineMs: readonly number[];
  readonly referenceMs: readonly number[];
  readonly candidateMs: readonly number[];
}

export interface Rounds extends Laps {
  readonly verdict: Verdict;
}

export interface RaceOptions {
  /** Chance of a wrong verdict that is allowed. */
  readonly error?: number;
  /** Rounds of the same race, to be carried on: the test stays valid, because it is never begun anew. */
  readonly before?: Laps;
  /** Called before each round, so that both arms begin it in the same state. */
  readonly settle?: (round: number) => Promise<void>;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly onRound?: (rounds: number) => void;
}

const warmUps = 3; // the first call compiles shaders and fills allocators, the others find them there
const budgetMs = 20_000; // time is up with "cannot tell", never with a pass
const noLaps: Laps = { ratios: [], shares: [], baselineMs: [], referenceMs: [], candidateMs: [] };

/**
 * Races two calls in paired rounds, or three in palindromes: ABBA and BAAB by turns, or ARBBRA and BRAARB, so that drift cancels; a round of
 * short calls is three or five of these. It ends when the sign test decides, rounds are out, or time is up.
 */
export async function raceRounds(arms: Arms, lines: Lines, options: RaceOptions = {}): Promise<Rounds> {
  const { error = alpha, before = noLaps, now = performance.now.bind(performance), settle, onRound } = options;
  const order = [arms.baseline, ...(arms.reference === undefined ? [] : [arms.reference]), arms.candidate];
  let input = 0;
  const quickest = order.map(() => Infinity); // of all warm-ups: one that was interrupted makes no call a long one
  for (; input < warmUps; input++)
    for (const [index, arm] of order.entries()) quickest[index] = Math.min(quickest[index] ?? Infinity, await arm(input));
  const [baselineMs = 0, ...others] = quickest;
  const palindromes = palindromesPerRound(Math.max(baselineMs, Math.max(...others) / hopeless));
  const calls = callsPerTake(baselineMs);
  const take = async (arm: TimedCall) => {
    let sum = 0;
    for (let call = 0; call < calls; call++) sum += await arm(input + call);
    return sum / calls;
  };
  const laps = copyOf(before);
  const [end, most] = [now() + budgetMs, before.ratios.length + maxRounds];
  let verdict: Verdict = 'cannot-tell';
  while (verdict === 'cannot-tell' && laps.ratios.length < most && (now() < end || isHopeless(laps, lines, error))) {
    await settle?.(laps.ratios.length);
    const turn = laps.ratios.length % 2 === 0 ? order : order.toReversed();
    const times = new Map<TimedCall, number[]>(order.map((arm) => [arm, []]));
    for (const way of Array.from({ length: palindromes }, () => [turn, turn.toReversed()]).flat()) {
      for (const arm of way) times.get(arm)?.push(await take(arm));
      input += calls;
    }
    addLap(laps, times.get(arms.baseline) ?? [], arms.reference && times.get(arms.reference), times.get(arms.candidate) ?? []);
    verdict = judgeWins(winsOf(laps, lines), error);
    onRound?.(laps.ratios.length);
  }
  return { verdict, ...laps };
}

/** Whether each round beat its lines. */
export function winsOf({ ratios, shares }: Pick<Laps, 'ratios' | 'shares'>, { threshold, share }: Lines): boolean[] {
  return ratios.map((ratio, round) => ratio > threshold && (share === undefined || (shares[round] ?? 0) > share));
}

type Writable = { -readonly [Key in keyof Laps]: number[] };

const copyOf = (laps: Laps): Writable => ({
  ratios: [...laps.ratios],
  shares: [...laps.shares],
  baselineMs: [...laps.baselineMs],
  referenceMs: [...laps.referenceMs],
  candidateMs: [...laps.candidateMs],
});

function addLap(laps: Writable, baseline: number[], reference: number[] | undefined, candidate: number[]): void {
  laps.ratios.push(Math.exp(logTimeOf(baseline) - logTimeOf(candidate)));
  laps.baselineMs.push(...baseline);
  laps.candidateMs.push(...candidate);
  if (reference === undefined) return;
  laps.shares.push(Math.exp(logTimeOf(reference) - logTimeOf(candidate)));
  laps.referenceMs.push(...reference);
}

/** True where every round so far was lost and too few were run to say so: a pass must not be too slow to be found too slow. */
const isHopeless = (laps: Laps, lines: Lines, error: number) =>
  laps.ratios.length < fewestRounds(error) && winsOf(laps, lines).every((won) => !won);

/**
 * What the takes of one arm in one round say, as a logarithm: of two their mean, of six or ten their lower quartile. An interruption only ever adds time, and beside a busy
 * neighbour half of the takes may have met one: at 1.5 times what was asked the median of ten lost 7 % of the rounds, the mean 5 %, the quartile 1 %.
 */
function logTimeOf(times: readonly number[]): number {
  const logs = times.map((time) => Math.log(Math.max(time, 1e-6))); // ms: a clock tick, so that a zero does not become infinite
  return logs.length > 2 ? (logs.toSorted((a, b) => a - b)[Math.floor(logs.length / 4)] as number) : median(logs);
}

const ticksPerTake = 20; // then the clock's own steps are at most 5 % of a take

/** Calls that one take adds up, each on an input of its own, so that the clock can see it; the baseline alone decides. */
export function callsPerTake(baselineMs: number, tickMs = clockTickMs()): number {
  return Math.max(1, Math.min(1000, Math.ceil((ticksPerTake * tickMs) / Math.max(baselineMs, 1e-6))));
}

const hopeless = 10; // times as slow as the baseline: such a pass loses by two takes as by ten, and nobody waits for those
const [shortMs, longMs] = [20, 60]; // a scheduler's slice is some 4 ms: a call of 60 ms has met so many that no single one decides

/** Palindromes in one round, so that whoever else is running cannot win or lose a round by one interruption; the baseline decides. */
export function palindromesPerRound(baselineMs: number): 1 | 3 | 5 {
  if (baselineMs < shortMs) return 5;
  return baselineMs < longMs ? 3 : 1;
}

let tick: number | undefined;

/** The smallest step of the clock seen in a few tries, milliseconds. */
function clockTickMs(): number {
  if (tick !== undefined) return tick;
  let smallest = Infinity;
  for (let attempt = 0; attempt < 200; attempt++) {
    const start = performance.now();
    let next = start;
    while (next === start) next = performance.now();
    smallest = Math.min(smallest, next - start);
  }
  return (tick = smallest);
}

/** tinybench's statistics of samples that were timed elsewhere, in milliseconds. */
export async function describeSamples(name: string, samples: readonly number[]): Promise<Statistics> {
  const rest = samples[Symbol.iterator]();
  const bench = new Bench({ iterations: samples.length, time: 0, warmup: false, throws: true });
  bench.add(name, async () => ({ overriddenDuration: rest.next().value ?? 0 }), { async: true });
  const [task] = await bench.run();
  if (task?.result.state !== 'completed') throw new Error(`tinybench did not complete ${name}`);
  return task.result.latency;
}
