import type { Round } from '../result/race.ts';
import { findMean } from '../result/statistics.ts';

/** The kit's sequential pass, the kit's parallel pass, the learner's. */
export type Pass = 'baseline' | 'reference' | 'candidate';

/** A round from the samples of each pass, milliseconds; of the reference there are none where it is not raced against. */
export function makeRound({ baseline, reference, candidate }: Readonly<Record<Pass, number[]>>): Round {
  const logTime = logTimeOf(candidate);
  return {
    ratio: Math.exp(logTimeOf(baseline) - logTime),
    ...(reference.length === 0 ? {} : { share: Math.exp(logTimeOf(reference) - logTime), referenceMs: reference }),
    baselineMs: baseline,
    candidateMs: candidate,
  };
}

/**
 * What the samples of one pass in one round say, as a logarithm: of one or two their mean, of more their lower quartile. An interruption only ever adds time, and beside a busy
 * neighbour half of the samples may have met one: at 1.5 times what was asked the median of ten lost 7 % of the rounds, the mean 5 %, the quartile 1 %.
 */
function logTimeOf(times: readonly number[]): number {
  const logs = times.map((time) => Math.log(Math.max(time, 1e-6))); // ms: a clock tick, so that a zero does not become infinite
  return (logs.length > 2 ? logs.toSorted((a, b) => a - b)[Math.floor(logs.length / 4)] : findMean(logs)) as number;
}
