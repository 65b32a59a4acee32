import { z } from 'zod';

import { line } from './text.ts';
import { raceSchema, type RaceResult, type Round } from './race.ts';

const mostNumbers = 100_000; // of a race, which has some hundred rounds
const numbers = z.array(z.number()).max(mostNumbers);

/** A race as `unroll/result/v1` had it, with a list for each kind of number over all rounds. */
const raceV1Schema = z.object({
  verdict: z.enum(['faster', 'not-faster', 'cannot-tell', 'implausible']),
  threshold: z.number().positive(),
  provisional: z.boolean().optional(),
  share: z.number().positive().optional(),
  /** One a round, as are `ratios`. */
  shares: z.array(z.number().positive()).max(mostNumbers).optional(),
  interval: z.object({ low: z.number().positive(), high: z.number().positive() }).optional(),
  error: z.number().positive().optional(),
  ratios: z.array(z.number().positive()).max(mostNumbers),
  /** In order, equally many of each pass in a round. */
  samples: z.object({ baselineMs: numbers, referenceMs: numbers, candidateMs: numbers }).optional(),
  speedup: z.number().positive(),
  baselineMs: z.number().nonnegative(),
  candidateMs: z.number().nonnegative(),
  referenceMs: z.number().nonnegative().optional(),
  sizes: z.record(line, z.number()),
  baseline: line,
  candidate: line,
});
type RaceV1 = z.infer<typeof raceV1Schema>;

const errorV1 = 0.01; // what every race allowed before results said it
const samplesV1 = new Set([2, 6, 10]); // of a pass in a round: one, three or five ABBA blocks

/** Reads a race of this version, and one of v1, which it upgrades. */
export const readableRaceSchema = z.preprocess((value, context) => {
  if (typeof value !== 'object' || value === null || !('ratios' in value)) return value;
  const older = raceV1Schema.safeParse(value);
  if (older.success) return upgradeRace(older.data);
  for (const { path, message } of older.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
}, raceSchema);

function upgradeRace({ verdict, ratios, shares, samples, interval, error = errorV1, ...same }: RaceV1): RaceResult {
  const common = { ...same, error, rounds: cutIntoRounds(ratios, shares, samples) };
  if (verdict === 'cannot-tell') return { ...common, verdict, ...(interval === undefined ? {} : { interval }) };
  const decided = { ...common, interval: interval ?? widestInterval(verdict, ratios, same) };
  return verdict === 'implausible'
    ? { ...decided, verdict, reason: "an older result tells it in its check's outcome alone" }
    : { ...decided, verdict };
}

/** The rounds with their own samples; with none where the lists are no equal number for each round. */
function cutIntoRounds(ratios: readonly number[], shares: RaceV1['shares'], samples: RaceV1['samples']): Round[] {
  const lists =
    samples === undefined ? [] : [samples.baselineMs, samples.candidateMs, ...(shares === undefined ? [] : [samples.referenceMs])];
  const each = (lists[0]?.length ?? 0) / ratios.length;
  const even = samplesV1.has(each) && lists.every(({ length }) => length === each * ratios.length);
  const cut = (list: readonly number[] | undefined, round: number) => (even ? (list?.slice(round * each, (round + 1) * each) ?? []) : []);
  return ratios.map((ratio, round) => {
    const share = shares?.[round];
    return {
      ratio,
      baselineMs: cut(samples?.baselineMs, round),
      candidateMs: cut(samples?.candidateMs, round),
      ...(share === undefined ? {} : { share, referenceMs: cut(samples?.referenceMs, round) }),
    };
  });
}

/** Before results held an interval: the widest one that the verdict leaves, so that the two do not contradict each other. */
function widestInterval(verdict: RaceV1['verdict'], ratios: readonly number[], { threshold, share }: Pick<RaceV1, 'threshold' | 'share'>) {
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  if (verdict !== 'not-faster') return { low: Math.max(low, threshold), high };
  return { low, high: share === undefined ? Math.min(high, threshold) : high }; // with a share, the ratios alone do not say what was lost
}
