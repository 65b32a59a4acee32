import { Bench, type Statistics } from 'tinybench';

import { firstVerdict, judgeRounds, maxRounds, type Verdict } from './sign-test.ts';

/** One timed call on a fresh input: stages it untimed, runs, checks the answer, and gives milliseconds. */
export type TimedCall = (input: number) => Promise<number>;

export interface Rounds {
  readonly verdict: Verdict;
  /** Baseline over candidate, one for each round, in order. */
  readonly ratios: readonly number[];
  readonly baselineMs: readonly number[];
  readonly candidateMs: readonly number[];
}

const warmUps = 2; // the first call compiles shaders and fills allocators, the second finds them there
const budgetMs = 20_000; // time is up with "cannot tell", never with a pass

/** Races two calls in paired rounds, ABBA and BAAB by turns so that drift cancels, until the sign test decides, rounds are out, or time is up. */
export async function raceRounds(
  baseline: TimedCall,
  candidate: TimedCall,
  threshold: number,
  now: () => number = performance.now.bind(performance),
): Promise<Rounds> {
  let input = 0;
  for (let call = 0; call < warmUps; call++, input++) {
    await baseline(input);
    await candidate(input);
  }
  const [ratios, baselineMs, candidateMs]: [number[], number[], number[]] = [[], [], []];
  const end = now() + budgetMs;
  let verdict: Verdict = 'cannot-tell';
  while (verdict === 'cannot-tell' && ratios.length < maxRounds && (now() < end || isHopeless(ratios, threshold))) {
    const [a, b]: [number[], number[]] = [[], []];
    const arms = [
      [baseline, a],
      [candidate, b],
    ] as const;
    const [first, second] = ratios.length % 2 === 0 ? arms : (arms.toReversed() as unknown as typeof arms);
    for (const [call, times] of [first, second]) times.push(await call(input));
    input++;
    for (const [call, times] of [second, first]) times.push(await call(input));
    input++;
    ratios.push(Math.exp((sumOfLogs(a) - sumOfLogs(b)) / 2));
    baselineMs.push(...a);
    candidateMs.push(...b);
    verdict = judgeRounds(ratios, threshold);
  }
  return { verdict, ratios, baselineMs, candidateMs };
}

/** True where every round so far was lost and too few were run to say so: a pass must not be too slow to be found too slow. */
const isHopeless = (ratios: readonly number[], threshold: number) =>
  ratios.length < firstVerdict && ratios.every((ratio) => ratio <= threshold);

const sumOfLogs = (times: readonly number[]) =>
  times.reduce((sum, time) => sum + Math.log(Math.max(time, 1e-6)) /* ms: a clock tick, so that a zero does not become infinite */, 0);

/** tinybench's statistics of samples that were timed elsewhere, in milliseconds. */
export async function describeSamples(name: string, samples: readonly number[]): Promise<Statistics> {
  const rest = samples[Symbol.iterator]();
  const bench = new Bench({ iterations: samples.length, time: 0, warmup: false, throws: true });
  bench.add(name, async () => ({ overriddenDuration: rest.next().value ?? 0 }), { async: true });
  const [task] = await bench.run();
  if (task?.result.state !== 'completed') throw new Error(`tinybench did not complete ${name}`);
  return task.result.latency;
}
