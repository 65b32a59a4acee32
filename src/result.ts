import { z } from 'zod';

import { causes } from './causes.ts';
import { figureSchema } from './figure.ts';

/**
 * The contract between grading and everything that shows it: `result.json`, one per submission, and `gradebook.json`, one per cohort.
 * Every field says its unit. A reader of a later version still reads an older file: fields are only ever added.
 */

const points = z.number().min(0).finite();

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
export type RaceRecord = z.infer<typeof raceSchema>;

const outcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pass') }),
  z.object({
    status: z.literal('fail'),
    cause: z.enum(causes),
    /** What was expected, what was seen, where, what to look at. At most 2,000 characters, no paths of the judge. */
    message: z.string().max(2000),
    /** Id of the misconception whose answer the learner's equals, where one does. */
    misconception: z.string().optional(),
  }),
  /** The machine could not tell: points are set aside, neither given nor lost. */
  z.object({ status: z.literal('not-measured'), reason: z.string() }),
  /** The judge could not grade: a defect of the kit or the machine, never of the learner. */
  z.object({ status: z.literal('ungraded'), reason: z.string() }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

const checkSchema = z.object({
  id: z.string(),
  /** One sentence: what the check pins down. */
  title: z.string(),
  points,
  outcome: outcomeSchema,
  durationMs: z.number().nonnegative(),
  /** Largest error seen as a share of the error allowed; above 1 fails. Absent where nothing was compared. */
  errorShare: z.number().nonnegative().optional(),
  race: raceSchema.optional(),
  /** What the learner's own code produced, to look at: curves and tables. */
  figures: z.array(figureSchema).max(8).optional(),
});
export type CheckResult = z.infer<typeof checkSchema>;

const tallySchema = z.object({
  /** Points won. */
  earned: points,
  /** Points that could be decided: possible less those set aside as not measured or ungraded. */
  measured: points,
  possible: points,
});
export type Tally = z.infer<typeof tallySchema>;

const exerciseSchema = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  /** `absent`: the submission has no file for it, which is not the same as a file that fails. */
  state: z.enum(['passed', 'failed', 'absent', 'ungraded']),
  points: tallySchema,
  checks: z.array(checkSchema),
  /** What the learner's code printed, cut and cleaned of control characters. */
  printed: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});
export type ExerciseResult = z.infer<typeof exerciseSchema>;

export const resultSchema = z.object({
  schema: z.literal('unroll/result/v1'),
  kit: z.object({ version: z.string() }),
  submission: z.object({ name: z.string(), sha256: z.string() }),
  /** Decides every drawn input; the same seed gives the same inputs everywhere. */
  seed: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  machine: z.object({ cpu: z.string(), cores: z.number().int(), memoryBytes: z.number(), os: z.string(), node: z.string() }),
  device: z.object({ name: z.string(), kind: z.enum(['gpu', 'cpu', 'software']), version: z.string().nullable(), reason: z.string() }),
  isolation: z.object({ level: z.string(), reason: z.string() }),
  points: tallySchema,
  exercises: z.array(exerciseSchema),
  /** Notes on the submission as a whole: files ignored, folders not known. */
  notes: z.array(z.string()),
});
export type Result = z.infer<typeof resultSchema>;

const gradebookSchema = z.object({
  schema: z.literal('unroll/gradebook/v1'),
  kit: z.object({ version: z.string() }),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  seed: z.string(),
  device: resultSchema.shape.device,
  isolation: resultSchema.shape.isolation,
  students: z.array(
    z.object({
      name: z.string(),
      /** Folder of this student's `result.json` and `report.html`, relative to the gradebook. */
      folder: z.string(),
      outcome: z.discriminatedUnion('status', [
        z.object({ status: z.literal('graded'), points: tallySchema, result: resultSchema }),
        z.object({ status: z.literal('ungraded'), reason: z.string() }),
      ]),
    }),
  ),
});
export type Gradebook = z.infer<typeof gradebookSchema>;
export { gradebookSchema };
