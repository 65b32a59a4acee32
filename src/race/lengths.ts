import type { Race } from '../course/exercise.ts';
import type { Curves } from '../result/figure.ts';
import { median } from '../result/statistics.ts';
import { decide } from './sequential-test.ts';
import type { RaceTiming, Timings } from './timing.ts';

const shortest = 4; // steps; below it everything is overhead
const turns = 3; // calls of each pass at one length: a point of a plot, not a verdict
const turnsAtOne = 12; // where there is one length alone: as many as the lengths near the raced one have together
const budgetMs = 10_000; // a plot may not take longer than the race

/** The passes' times at one length of the sequence. */
export interface TimedLength extends Timings {
  readonly T: number;
}

/** Times the passes at lengths that double up to the raced one, as far as time allows; at the raced sizes alone where these name no length. */
export class LengthTimer {
  readonly #race: Race;
  readonly #timing: Pick<RaceTiming, 'timeAt'>;
  readonly #open: { readonly T: number; readonly turns: number }[];
  readonly #points: TimedLength[] = [];
  #spentMs = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(race: Race, timing: Pick<RaceTiming, 'timeAt'>) {
    this.#race = race;
    this.#timing = timing;
    this.#open = lengthsOf(race);
  }

  /** Times the next length, where one is left and there is time. What goes wrong ends it, and is thrown by `finish`. */
  async next(): Promise<void> {
    const next = this.#hasEnded ? undefined : this.#open.shift();
    if (next === undefined) return;
    const { sizes } = this.#race;
    const start = performance.now();
    try {
      const timings = await this.#timing.timeAt(sizes['T'] === undefined ? sizes : { ...sizes, T: next.T }, next.turns);
      this.#points.push({ T: next.T, ...timings });
    } catch (error) {
      this.#failure = { error };
    }
    this.#spentMs += performance.now() - start;
  }

  get #hasEnded(): boolean {
    return this.#open.length === 0 || this.#spentMs >= budgetMs || this.#failure !== undefined;
  }

  /** Times what is left, and gives all. */
  async finish(): Promise<TimedLength[]> {
    while (!this.#hasEnded) await this.next();
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#points;
  }
}

function lengthsOf({ sizes: { T } }: Race): { T: number; turns: number }[] {
  if (T === undefined || T < 4 * shortest) return [{ T: T ?? 1, turns: turnsAtOne }];
  const lengths: { T: number; turns: number }[] = [];
  for (let at = Math.max(shortest, T / 64); at < T; at *= 2) lengths.push({ T: Math.round(at), turns });
  return [...lengths, { T, turns }];
}

/** Time against length, a curve for each pass; absent where there is one length alone. `whyNotOwn` is told where the learner's own loop has no curve. */
export function plotLengths(race: Race, lengths: readonly TimedLength[], whyNotOwn?: string): Curves | undefined {
  if (lengths.length < 2) return undefined;
  const crossing = crossover(lengths);
  const curve = (name: string, times: (at: TimedLength) => readonly number[]): Curves['series'][number][] => {
    const points = lengths.flatMap((at): [number, number][] => (times(at).length === 0 ? [] : [[at.T, median(times(at))]]));
    return points.length === 0 ? [] : [{ name, points }];
  };
  return {
    kind: 'curves',
    title: 'Time against length',
    note: [
      `Medians of three calls each${crossing === undefined ? '' : `; the parallel pass overtakes the kit's loop at about T = ${crossing}`}.`,
      ...(whyNotOwn === undefined ? [] : [`Your own ${race.baseline} was not timed: ${whyNotOwn}`]),
    ].join(' '),
    x: { label: 'length of the sequence, T', log: true },
    y: { label: 'time of one call (ms)', log: true },
    series: [
      ...curve(`${race.baseline}, the kit's`, ({ baseline }) => baseline),
      ...curve(race.candidate, ({ candidate }) => candidate),
      ...curve(`${race.baseline}, your own`, ({ own }) => own),
    ],
  };
}

/** The length at which the candidate begins to be faster, between two measured ones on logarithmic axes; absent where it never was or always is. */
export function crossover(lengths: readonly Pick<TimedLength, 'T' | 'baseline' | 'candidate'>[]): number | undefined {
  for (const [index, after] of lengths.entries()) {
    const before = lengths[index - 1];
    if (before === undefined) continue;
    const [gain, loss] = [logGain(after), -logGain(before)];
    if (gain > 0 && loss >= 0) return Math.round(before.T * (after.T / before.T) ** (loss / (loss + gain)));
  }
  return undefined;
}

const logGain = ({ baseline, candidate }: Pick<TimedLength, 'baseline' | 'candidate'>) => Math.log(median(baseline) / median(candidate));

/** Times as long as the kit's that a learner's own sequential pass may take: plain loops were measured below twice. */
export const ceiling = 5;
const nearShare = 8; // of the raced length: shorter sequences are mostly overhead, which all passes share

/**
 * How many times as long the learner's own sequential pass takes as the kit's, where the sign test has decided that it is above the ceiling. Slowing it
 * gains no points anyway, for the baseline is the kit's; but a loop that is slow on purpose, or by mistake, teaches the wrong thing about parallelism.
 */
export function slownessAboveCeiling(lengths: readonly TimedLength[], error: number): number | undefined {
  const longest = Math.max(...lengths.map(({ T }) => T));
  const ratios = lengths
    .filter(({ T }) => T * nearShare >= longest)
    .flatMap(({ own, baseline }) => own.map((ms, turn) => ms / (baseline[turn] as number)));
  const slow = decide(
    ratios.map((ratio) => ratio > ceiling),
    error,
  );
  return slow === 'faster' ? median(ratios) : undefined;
}
