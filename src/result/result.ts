import { z } from 'zod';

import { limitCauses } from './causes.ts';
import { deviceKinds } from './device.ts';
import { evidenceSchema } from './evidence.ts';

/**
 * The contract between grading and everything that shows it: `result.json`, one per submission, and `gradebook.json`, one per cohort.
 * Every field says its unit. A reader still reads older files: within a version fields are only ever added, and v1, whose races had one list
 * for each kind of number instead of rounds, is upgraded as it is read.
 */

const points = z.number().min(0).finite();

const checkSchema = z.object({
  id: z.string(),
  /** One sentence: what the check pins down. */
  title: z.string(),
  points,
  ...evidenceSchema.shape,
  /** Names the case of a failed check under an epoch, such as `10/causality/2026-w48/3fa1c07b-9e2144`: `unroll replay` repeats it. */
  token: z.string().optional(),
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
  /** SHA-256 of what decides about it: exercise.yaml, test, oracle, lab, given files and solution. */
  version: z.string().optional(),
  /** Limits of the box that ended a check of it, each once. */
  limits: z.array(z.enum(limitCauses)).optional(),
});
export type ExerciseResult = z.infer<typeof exerciseSchema>;

const epochSchema = z.object({
  name: z.string(),
  /** What the key of the epoch is checked against, 64 hexadecimal digits; it does not lead to the key. */
  commitment: z.string(),
});
export type Epoch = z.infer<typeof epochSchema>;

/** Codes of authentication (HMAC-SHA256, hexadecimal) under the instructor's secret; `src/seal/` makes and checks them. */
export const sealSchema = z.object({
  version: z.literal(1),
  /** Tells secrets apart; it does not lead to the secret. */
  secret: z.string(),
  /** Of this record alone, so that no part of another one fits. */
  id: z.string(),
  /** One code for each part, such as `points` and `exercise 10-causal-attention`. */
  parts: z.record(z.string(), z.string()),
  /** The code of all that stands above. */
  list: z.string(),
});
export type Seal = z.infer<typeof sealSchema>;

export const resultSchema = z.object({
  schema: z.literal(['unroll/result/v2', 'unroll/result/v1']).transform((): 'unroll/result/v2' => 'unroll/result/v2'),
  kit: z.object({ version: z.string() }),
  submission: z.object({ name: z.string(), sha256: z.string() }),
  /** Decides every drawn input; the same seed gives the same inputs everywhere. Under an epoch its name alone: `epoch 2026-w48`. */
  seed: z.string(),
  /** Where inputs come from a cohort's secret. */
  epoch: epochSchema.optional(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  machine: z.object({ cpu: z.string(), cores: z.number().int(), memoryBytes: z.number(), os: z.string(), node: z.string() }),
  device: z.object({ name: z.string(), kind: z.enum(deviceKinds), version: z.string().nullable(), reason: z.string() }),
  isolation: z.object({ level: z.string(), reason: z.string() }),
  points: tallySchema,
  exercises: z.array(exerciseSchema),
  /** Notes on the submission as a whole: files ignored, folders not known. */
  notes: z.array(z.string()),
  seal: sealSchema.optional(),
});
export type Result = z.infer<typeof resultSchema>;

/**
 * Why there are no points, which is not the same as none earned, where it is not the grader's doing: something was handed in and could not be read
 * or told apart; it was read, and no exercise is in it; the roster has the student, and nothing was handed in.
 */
const withoutPoints = ['unreadable', 'nothing-found', 'not-handed-in'] as const;
export type WithoutPoints = (typeof withoutPoints)[number];

export const gradebookSchema = z.object({
  schema: z.literal(['unroll/gradebook/v2', 'unroll/gradebook/v1']).transform((): 'unroll/gradebook/v2' => 'unroll/gradebook/v2'),
  kit: z.object({ version: z.string() }),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  seed: z.string(),
  epoch: resultSchema.shape.epoch,
  device: resultSchema.shape.device,
  isolation: resultSchema.shape.isolation,
  students: z.array(
    z.object({
      /** By the roster, or by what was handed in. */
      name: z.string(),
      /** By the roster, or by the platform that the work comes from. */
      id: z.string().optional(),
      group: z.string().optional(),
      /** What the folder or archive was called. */
      handedIn: z.string().optional(),
      /** The platform has marked it as late. */
      late: z.literal(true).optional(),
      /** Folder of this student's `result.json` and `report.html`, relative to the gradebook. */
      folder: z.string(),
      outcome: z.discriminatedUnion('status', [
        z.object({ status: z.literal('graded'), points: tallySchema, result: resultSchema }),
        z.object({
          status: z.literal('ungraded'),
          /** Null, never zero; absent in older files. */
          points: z.null().optional(),
          /** Absent where the grader could not do its work, which is then the reason. */
          kind: z.enum(withoutPoints).optional(),
          reason: z.string(),
        }),
      ]),
    }),
  ),
  /** For the instructor: submissions that are the same, names that look alike, what was not graded. Absent in older files. */
  notes: z.array(z.string()).optional(),
  seal: sealSchema.optional(),
});
export type Gradebook = z.infer<typeof gradebookSchema>;
