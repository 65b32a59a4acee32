import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { deviceClasses } from '../result/device.ts';

/** The form of `exercise.yaml`; docs/formats.md explains each field. */

const text = z.string().trim().min(1, 'must not be empty');
/** The id of an exercise, which is also the name of its folder. */
export const exerciseId = z
  .string()
  .regex(/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/, 'must be two digits and words joined by hyphens, such as 02-elman-sequence');
const checkId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be words joined by hyphens, such as matches-specification');
const fileName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/, 'must be a file name such as elman-sequence.ts');

const thresholdSchema = z.strictObject({
  /** Speed-up over the kit's sequential pass that must be beaten, as a ratio. */
  speedup: z.number().gt(1),
  /** Share of the speed-up of the kit's own parallel pass that must be reached on the same machine, from 0 to 1. */
  share: z.number().gt(0).lt(1).optional(),
  /** What was measured when this number was set, or that nothing was. */
  from: text,
  provisional: z.boolean().default(false),
});

export type Threshold = z.infer<typeof thresholdSchema>;

const raceSchema = z.strictObject({
  /** The kit's own sequential pass, from solutions/. */
  baseline: text,
  /** The learner's pass. */
  candidate: text,
  /** The kit's pass whose answers are the right ones, where the baseline is another function. */
  answer: text.optional(),
  /** Floating-point operations that no way to compute the answer at these sizes can do without, where a matrix product makes them certain. */
  leastFlops: z.number().positive().optional(),
  sizes: z.record(z.string(), z.number().int().positive()),
  thresholds: z.partialRecord(z.enum(deviceClasses), thresholdSchema),
});
export type Race = z.infer<typeof raceSchema>;

export const exerciseSchema = z.strictObject({
  format: z.literal(1),
  id: exerciseId,
  title: text,
  effortMinutes: z.number().int().positive(),
  /** True for an exercise that comes solved, to learn the loop with. */
  solved: z.boolean().default(false),
  /** True while it is being written: learners do not see it, and its points count nowhere. */
  unfinished: z.boolean().default(false),
  /** The learner's files; the first holds the exports. */
  files: z.array(fileName).min(1),
  /** Files that come with the exercise: the kit lays its own copies beside the learner's. */
  given: z.array(fileName).default([]),
  passes: z.record(z.string(), z.enum(['sequential', 'parallel'])),
  checks: z.record(checkId, z.strictObject({ title: text, points: z.number().nonnegative(), lookAt: text })),
  race: raceSchema.optional(),
  /** For an exercise that needs more time than the usual: what one call and all calls together may take, and why. */
  time: z.strictObject({ callSeconds: z.number().positive(), exerciseSeconds: z.number().positive(), why: text }).optional(),
  /** Solutions spoiled by the author, in mutants/ID.ts, for what no specification in loops can show; `killer` is the check that must notice. */
  mutants: z.record(checkId, z.strictObject({ killer: checkId, when: text })).default({}),
  hints: z.array(text).length(3, 'needs exactly three hints: nudge, locate, worked analogue'),
  references: z.array(z.strictObject({ title: text, where: text })).min(1),
  /** Files of test/golden with PyTorch's values and gradients, the outputs of each that the passes have, and the passes, where not all are meant. */
  golden: z.array(z.strictObject({ file: text, outputs: z.array(text).min(1), passes: z.array(text).min(1).optional() })).default([]),
});

export type ExerciseFile = z.infer<typeof exerciseSchema>;

export interface Exercise extends ExerciseFile {
  /** Title of the unit it belongs to. */
  readonly unit: string;
  /** Absolute path of its folder. */
  readonly folder: string;
}

/** True for an exercise that measures or trains with programs of its own, which takes longer than all others. */
export function isLab({ folder }: Exercise): boolean {
  return existsSync(join(folder, 'lab'));
}
