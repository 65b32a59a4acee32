import type { Race } from '../course/exercise.ts';
import type { Curves } from '../figure.ts';
import type { Track } from './track.ts';

const shortest = 4; // steps; below it everything is overhead
const budgetMs = 10_000; // a picture may not take longer than the race

/** Time of both passes against the length of the sequence, as far as time allows; absent where the sizes name no length. */
export async function timeAgainstLength(plan: Race, track: Pick<Track, 'timeAt'>): Promise<Curves | undefined> {
  const { T } = plan.sizes;
  if (T === undefined || T < 4 * shortest) return undefined;
  const points: TimedLength[] = [];
  const end = performance.now() + budgetMs;
  for (let at = Math.max(shortest, T / 64); at <= T && performance.now() < end; at = at === T ? Infinity : Math.min(T, at * 2))
    points.push({ T: Math.round(at), ...(await track.timeAt({ ...plan.sizes, T: Math.round(at) })) });
  const crossing = crossover(points);
  return {
    kind: 'curves',
    title: 'Time against length',
    note: `Medians of three calls each${crossing === undefined ? '' : `; the parallel pass overtakes at about T = ${crossing}`}.`,
    x: { label: 'length of the sequence, T', log: true },
    y: { label: 'time of one call (ms)', log: true },
    series: [
      { name: `${plan.baseline}, the kit's`, points: points.map(({ T, baselineMs }) => [T, baselineMs]) },
      { name: plan.candidate, points: points.map(({ T, candidateMs }) => [T, candidateMs]) },
    ],
  };
}

export interface TimedLength {
  readonly T: number;
  readonly baselineMs: number;
  readonly candidateMs: number;
}

/** The length at which the candidate begins to be faster, between two measured ones on logarithmic axes; absent where it never was or always is. */
export function crossover(points: readonly TimedLength[]): number | undefined {
  for (const [index, after] of points.entries()) {
    const before = points[index - 1];
    if (before === undefined) continue;
    const [gain, loss] = [Math.log(after.baselineMs / after.candidateMs), Math.log(before.candidateMs / before.baselineMs)];
    if (gain > 0 && loss >= 0) return Math.round(before.T * (after.T / before.T) ** (loss / (loss + gain)));
  }
  return undefined;
}
