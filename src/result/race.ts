import { z } from 'zod';

export const raceSchema = z.object({
  verdict: z.enum(['faster', 'not-faster', 'cannot-tell', 'implausible']),
  /** Speed-up that the exercise asks for, as a ratio of medians. */
  threshold: z.number().positive(),
  /** True where the threshold was set without a measurement on this class of devices. */
  provisional: z.boolean().optional(),
  /** Share of the kit's own parallel pass's speed-up that is asked for, from 0 to 1. */
  share: z.number().positive().optional(),
  /** Kit's parallel pass over candidate, one per round, in the same order. */
  shares: z.array(z.number().positive()).optional(),
  /** Ratios that the test behind the verdict has not ruled out; absent before the first round that could decide. */
  interval: z.object({ low: z.number().positive(), high: z.number().positive() }).optional(),
  /** Chance of a wrong verdict at the threshold that the test allows. */
  error: z.number().positive().optional(),
  /** Baseline over candidate, one per round, in the order in which the rounds were run. */
  ratios: z.array(z.number().positive()),
  /** Every timed sample in the order in which it was taken, two, six or ten of each pass in a round, milliseconds: a race can be carried on from here. */
  samples: z.object({ baselineMs: z.array(z.number()), referenceMs: z.array(z.number()), candidateMs: z.array(z.number()) }).optional(),
  /** Median of the ratios. */
  speedup: z.number().positive(),
  /** Median time of one call, milliseconds. */
  baselineMs: z.number().nonnegative(),
  candidateMs: z.number().nonnegative(),
  /** The kit's own parallel pass. */
  referenceMs: z.number().nonnegative().optional(),
  /** The sizes raced, such as `{ T: 512 }`. */
  sizes: z.record(z.string(), z.number()),
  baseline: z.string(),
  candidate: z.string(),
});
export type RaceResult = z.infer<typeof raceSchema>;
