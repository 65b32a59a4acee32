import { performance } from 'node:perf_hooks';

import { Bench, type Statistics } from 'tinybench';

import { alpha, fewestRounds, decide, maxRounds, median, type Verdict } from './sequential-test.ts';

/** One timed call on a fresh input: stages it untimed, runs, checks the answer, and gives milliseconds. */
export type TimedCall = (input: number) => Promise<number>;

/** The passes under test: the kit's sequential pass, the kit's parallel pass where one is raced against too, the learner's. */
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

/** All rounds of a race so far, as they were run. */
export interface RoundData {
  /** Baseline over candidate, one for each round, in order. */
  readonly ratios: readonly number[];
  /** Reference over candidate, one for each round; empty without a reference. */
  readonly shares: readonly number[];
  readonly baselineMs: readonly number[];
  readonly referenceMs: readonly number[];
  readonly candidateMs: readonly number[];
}

export interface Rounds extends RoundData {
  readonly verdict: Verdict;
}

export interface RaceOptions {
  /** Chance of a wrong verdict that is allowed. */
  readonly error?: number;
  /** Rounds of the same race, to be carried on: the test stays valid, because it is never begun anew. */
  readonly before?: RoundData;
  /** Called before each round, so that all passes begin it in the same state. */
  readonly beforeRound?: (round: number) => Promise<void>;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly onRound?: (rounds: number) => void;
}

const warmUps = 3; // the first call compiles shaders and fills allocators, the others find them there
const budgetMs = 20_000; // time is up with "cannot tell", never with a pass
const noRounds: RoundData = { ratios: [], shares: [], baselineMs: [], referenceMs: [], candidateMs: [] };

/**
 * Races two calls in paired rounds, or three in ABBA blocks: ABBA and BAAB by turns, or ARBBRA and BRAARB, so that drift cancels; a round of
 * short calls is three or five of these. It ends when the sign test decides, rounds are out, or time is up.
 */
export async function raceRounds(passes: PassesUnderTest, thresholds: Thresholds, options: RaceOptions = {}): Promise<Rounds> {
  const { error = alpha, before = noRounds, now = performance.now.bind(performance), beforeRound, onRound } = options;
  const order = [passes.baseline, ...(passes.reference === undefined ? [] : [passes.reference]), passes.candidate];
  let input = 0;
  const quickest = order.map(() => Infinity); // of all warm-ups: one that was interrupted makes no call a long one
  for (; input < warmUps; input++)
    for (const [index, pass] of order.entries()) quickest[index] = Math.min(quickest[index] ?? Infinity, await pass(input));
  const [baselineMs = 0, ...others] = quickest;
  const blocks = blocksPerRound(Math.max(baselineMs, Math.max(...others) / hopeless));
  const calls = callsPerSample(baselineMs);
  const takeSample = async (pass: TimedCall) => {
    let sum = 0;
    for (let call = 0; call < calls; call++) sum += await pass(input + call);
    return sum / calls;
  };
  const data = copyOf(before);
  const [end, most] = [now() + budgetMs, before.ratios.length + maxRounds];
  let verdict: Verdict = 'cannot-tell';
  while (verdict === 'cannot-tell' && data.ratios.length < most && (now() < end || isHopeless(data, thresholds, error))) {
    await beforeRound?.(data.ratios.length);
    const turn = data.ratios.length % 2 === 0 ? order : order.toReversed();
    const times = new Map<TimedCall, number[]>(order.map((pass) => [pass, []]));
    for (const way of Array.from({ length: blocks }, () => [turn, turn.toReversed()]).flat()) {
      for (const pass of way) times.get(pass)?.push(await takeSample(pass));
      input += calls;
    }
    addRound(data, times.get(passes.baseline) ?? [], passes.reference && times.get(passes.reference), times.get(passes.candidate) ?? []);
    verdict = decide(winsOf(data, thresholds), error);
    onRound?.(data.ratios.length);
  }
  return { verdict, ...data };
}

/** Whether each round beat its thresholds. */
export function winsOf({ ratios, shares }: Pick<RoundData, 'ratios' | 'shares'>, { threshold, share }: Thresholds): boolean[] {
  return ratios.map((ratio, round) => ratio > threshold && (share === undefined || (shares[round] ?? 0) > share));
}

type Writable = { -readonly [Key in keyof RoundData]: number[] };

const copyOf = (data: RoundData): Writable => ({
  ratios: [...data.ratios],
  shares: [...data.shares],
  baselineMs: [...data.baselineMs],
  referenceMs: [...data.referenceMs],
  candidateMs: [...data.candidateMs],
});

function addRound(data: Writable, baseline: number[], reference: number[] | undefined, candidate: number[]): void {
  data.ratios.push(Math.exp(logTimeOf(baseline) - logTimeOf(candidate)));
  data.baselineMs.push(...baseline);
  data.candidateMs.push(...candidate);
  if (reference === undefined) return;
  data.shares.push(Math.exp(logTimeOf(reference) - logTimeOf(candidate)));
  data.referenceMs.push(...reference);
}

/** True where every round so far was lost and too few were run to say so: a pass must not be too slow to be found too slow. */
const isHopeless = (data: RoundData, thresholds: Thresholds, error: number) =>
  data.ratios.length < fewestRounds(error) && winsOf(data, thresholds).every((won) => !won);

/**
 * What the samples of one pass in one round say, as a logarithm: of two their mean, of six or ten their lower quartile. An interruption only ever adds time, and beside a busy
 * neighbour half of the samples may have met one: at 1.5 times what was asked the median of ten lost 7 % of the rounds, the mean 5 %, the quartile 1 %.
 */
function logTimeOf(times: readonly number[]): number {
  const logs = times.map((time) => Math.log(Math.max(time, 1e-6))); // ms: a clock tick, so that a zero does not become infinite
  return logs.length > 2 ? (logs.toSorted((a, b) => a - b)[Math.floor(logs.length / 4)] as number) : median(logs);
}

const ticksPerSample = 20; // then the clock's own steps are at most 5 % of a sample

/** Calls that one sample adds up, each on an input of its own, so that the clock can see it; the baseline alone decides. */
export function callsPerSample(baselineMs: number, tickMs = clockTickMs()): number {
  return Math.max(1, Math.min(1000, Math.ceil((ticksPerSample * tickMs) / Math.max(baselineMs, 1e-6))));
}

const hopeless = 10; // times as slow as the baseline: such a pass loses by two samples as by ten, and ten are not worth the wait
const [shortMs, longMs] = [20, 60]; // a scheduler's slice is some 4 ms: a call of 60 ms has met so many that no single one decides

/** ABBA blocks in one round, so that no other program can win or lose a round by one interruption; the baseline decides. */
export function blocksPerRound(baselineMs: number): 1 | 3 | 5 {
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
