import { z } from 'zod';

import { limitCauses } from './causes.ts';
import { deviceKinds } from './device.ts';
import { evidenceSchema } from './evidence.ts';
import { line, sentences } from './text.ts';

/**
 * The contract between grading and everything that shows it: `result.json`, one per submission, and `gradebook.json`, one per cohort.
 * Every field says its unit. A reader still reads older files: within a version fields are only ever added, and v1, whose races had one list
 * for each kind of number instead of rounds, is upgraded as it is read.
 */

const points = z.number().min(0).finite();
const mostExercises = 1000; // a course has some dozens
const mostChecks = 1000; // of an exercise, which has some ten
const mostFiles = 1000; // of an exercise, which has a few
const mostNotes = 10_000;
const mostStudents = 100_000;
const longestPrintedRead = 2 ** 17; // eight times what is kept: a cut and what says so count too

const checkSchema = z.object({
  id: line,
  /** One sentence: what the check pins down. */
  title: line,
  points,
  ...evidenceSchema.shape,
  /** Names the case of a failed check under an epoch, such as `10/causality/2026-w48/3fa1c07b-9e2144`: `unroll replay` repeats it. */
  token: line.optional(),
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
  id: line,
  title: line,
  unit: line,
  /** `absent`: the submission has no file for it, which is not the same as a file that fails. */
  state: z.enum(['passed', 'failed', 'absent', 'ungraded']),
  points: tallySchema,
  checks: z.array(checkSchema).max(mostChecks),
  /** What the learner's code printed, cut and cleaned of control characters. */
  printed: z.string().max(longestPrintedRead),
  files: z.array(z.object({ path: line, sha256: line })).max(mostFiles),
  /** SHA-256 of what decides about it: exercise.yaml, test, oracle, lab, given files and solution. */
  version: line.optional(),
  /** Limits of the box that ended a check of it, each once. */
  limits: z.array(z.enum(limitCauses)).max(1000).optional(),
});
export type ExerciseResult = z.infer<typeof exerciseSchema>;

const epochSchema = z.object({
  name: line,
  /** What the key of the epoch is checked against, 64 hexadecimal digits; it does not lead to the key. */
  commitment: line,
});
export type Epoch = z.infer<typeof epochSchema>;

/** Codes of authentication (HMAC-SHA256, hexadecimal) under the instructor's secret; `src/seal/` makes and checks them. */
export const sealSchema = z.object({
  version: z.literal(1),
  /** Tells secrets apart; it does not lead to the secret. */
  secret: line,
  /** Of this record alone, so that no part of another one fits. */
  id: line,
  /** One code for each part, such as `points` and `exercise 10-causal-attention`. */
  parts: z.record(line, line),
  /** The code of all that stands above. */
  list: line,
});
export type Seal = z.infer<typeof sealSchema>;

export const resultSchema = z.object({
  schema: z.literal(['unroll/result/v2', 'unroll/result/v1']).transform((): 'unroll/result/v2' => 'unroll/result/v2'),
  kit: z.object({ version: line }),
  submission: z.object({ name: line, sha256: line }),
  /** Decides every drawn input; the same seed gives the same inputs everywhere. Under an epoch its name alone: `epoch 2026-w48`. */
  seed: line,
  /** Where inputs come from a cohort's secret. */
  epoch: epochSchema.optional(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  machine: z.object({ cpu: line, cores: z.number().int(), memoryBytes: z.number(), os: line, node: line }),
  device: z.object({ name: line, kind: z.enum(deviceKinds), version: line.nullable(), reason: sentences }),
  isolation: z.object({ level: line, reason: sentences }),
  points: tallySchema,
  exercises: z.array(exerciseSchema).max(mostExercises),
  /** Notes on the submission as a whole: files ignored, folders not known. */
  notes: z.array(sentences).max(mostNotes),
  seal: sealSchema.optional(),
});
export type Result = z.infer<typeof resultSchema>;

/**
 * Why there are no points, which is not the same as none earned, where it is not the grader's doing: something was handed in and could not be read
 * or told apart; it was read, and no exercise is in it; the roster has the student, and nothing was handed in.
 */
const withoutPoints = ['unreadable', 'nothing-found', 'not-handed-in'] as const;
export type WithoutPoints = (typeof withoutPoints)[number];

/** Points of one exercise that a person has set. */
export const overrideSchema = z.object({
  /** As the instructor's file names the student. */
  student: line,
  exercise: line,
  points,
  /** What the checks came to. */
  computed: points,
  /** For whoever asks. */
  why: sentences,
});
export type Override = z.infer<typeof overrideSchema>;

export const gradebookSchema = z.object({
  schema: z.literal(['unroll/gradebook/v2', 'unroll/gradebook/v1']).transform((): 'unroll/gradebook/v2' => 'unroll/gradebook/v2'),
  kit: z.object({ version: line }),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  seed: line,
  epoch: resultSchema.shape.epoch,
  device: resultSchema.shape.device,
  isolation: resultSchema.shape.isolation,
  students: z
    .array(
      z.object({
        /** By the roster, or by what was handed in. */
        name: line,
        /** By the roster, or by the platform that the work comes from. */
        id: line.optional(),
        group: line.optional(),
        /** What the folder or archive was called. */
        handedIn: line.optional(),
        /** The platform has marked it as late. */
        late: z.literal(true).optional(),
        /** Points that a person has set: in those of the row, and not in the result, which says what was computed. */
        overrides: z.array(overrideSchema).max(mostExercises).optional(),
        /** Folder of this student's `result.json` and `report.html`, relative to the gradebook. */
        folder: line,
        outcome: z.discriminatedUnion('status', [
          z.object({ status: z.literal('graded'), points: tallySchema, result: resultSchema }),
          z.object({
            status: z.literal('ungraded'),
            /** Null, never zero; absent in older files. */
            points: z.null().optional(),
            /** Absent where the grader could not do its work, which is then the reason. */
            kind: z.enum(withoutPoints).optional(),
            reason: sentences,
          }),
        ]),
      }),
    )
    .max(mostStudents),
  /** For the instructor: submissions that are the same, names that look alike, what was not graded. Absent in older files. */
  notes: z.array(sentences).max(mostNotes).optional(),
  seal: sealSchema.optional(),
});
export type Gradebook = z.infer<typeof gradebookSchema>;
