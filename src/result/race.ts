import { z } from 'zod';

import { line, sentences } from './text.ts';

const ratio = z.number().positive();
const ms = z.number().nonnegative();
const samples = z.array(ms).max(1000); // of a round: ten at most are taken
const mostRounds = 10_000; // some hundred are run

const roundSchema = z.object({
  /** Baseline over candidate. */
  ratio,
  /** Kit's parallel pass over candidate, where a share of its speed-up is asked for. */
  share: ratio.optional(),
  /** Timed samples of the kit's sequential pass in the order in which they were taken, milliseconds; empty where an older result does not tell. */
  baselineMs: samples,
  /** The same of the learner's pass. */
  candidateMs: samples,
  /** The same of the kit's parallel pass, where a share of its speed-up is asked for. */
  referenceMs: samples.optional(),
});
export type Round = z.infer<typeof roundSchema>;

const common = {
  /** Speed-up that the exercise asks for, as a ratio of medians. */
  threshold: ratio,
  /** True where the threshold was set without a measurement on this class of devices. */
  provisional: z.boolean().optional(),
  /** Share of the kit's own parallel pass's speed-up that is asked for, from 0 to 1. */
  share: ratio.optional(),
  /** Chance of a wrong verdict at the threshold that the test allows. */
  error: z.number().positive(),
  /** Median of the rounds' ratios. */
  speedup: ratio,
  /** Median time of one call, milliseconds. */
  baselineMs: ms,
  candidateMs: ms,
  /** The kit's own parallel pass. */
  referenceMs: ms.optional(),
  /** The sizes raced, such as `{ T: 512 }`. */
  sizes: z.record(line, z.number()),
  baseline: line,
  candidate: line,
};

/** Ratios that the test behind the verdict has not ruled out. */
const interval = z.object({ low: ratio, high: ratio });
/** The rounds in the order in which they were run. */
const rounds = z.array(roundSchema).max(mostRounds);
const decided = { ...common, rounds: rounds.min(1), interval };

/** What a race found. A state has the fields that it really has: only a test that cannot tell may lack an interval. */
export const raceSchema = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('faster'), ...decided }),
  z.object({ verdict: z.literal('not-faster'), ...decided }),
  /** Found faster, and too fast to be true. */
  z.object({ verdict: z.literal('implausible'), ...decided, reason: sentences }),
  /** The interval is absent before the first round that could decide. */
  z.object({ verdict: z.literal('cannot-tell'), ...common, rounds, interval: interval.optional() }),
]);
export type RaceResult = z.infer<typeof raceSchema>;

export const ratiosOf = ({ rounds }: { readonly rounds: readonly Pick<Round, 'ratio'>[] }): number[] => rounds.map(({ ratio }) => ratio);
