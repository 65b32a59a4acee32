import { z } from 'zod';

import { causes } from './causes.ts';
import { figureSchema } from './figure.ts';
import { longestMessage } from './lengths.ts';
import { readableRaceSchema } from './race-v1.ts';
import { line, sentences } from './text.ts';

/** What a check leaves: declared once, travelling from the check through vitest into `result.json` as it is. */

const mostFigures = 8;

const mostShown = 8; // numbers of a mismatch, and inputs of a call: what fits a screen
const shownNumber = z.string().max(32);

/** Numbers that are not as they should be: a few of them, in one row of a tensor, as text, for some are not finite. */
const mismatchSchema = z.object({
  /** What the numbers are, such as `h`. */
  name: z.string().max(200),
  /** How many differ, of how many. */
  wrong: z.number().int().positive(),
  of: z.number().int().positive(),
  /** Largest difference that would have been allowed. */
  allowed: shownNumber,
  numbers: z
    .array(z.object({ place: z.string().max(80), got: shownNumber, expected: shownNumber, agrees: z.boolean() }))
    .min(1)
    .max(mostShown),
});
export type Mismatch = z.infer<typeof mismatchSchema>;

/** A failure in its parts, for who draws it: the message has all of them in one text. */
const detailSchema = z.object({
  /** What was expected and what was seen. */
  found: z.string().max(longestMessage),
  /** What is wrong by its name, or what to look at. */
  advice: z.string().max(longestMessage).optional(),
  /** The pass that was called last, and the shapes of its inputs. */
  call: z
    .object({
      pass: z.string().max(80),
      inputs: z.array(z.object({ name: z.string().max(80), shape: z.array(z.number().int().nonnegative()) })).max(16),
    })
    .optional(),
  mismatch: mismatchSchema.optional(),
});
export type Detail = z.infer<typeof detailSchema>;

const outcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pass') }),
  z.object({
    status: z.literal('fail'),
    cause: z.enum(causes),
    /** What was expected, what was seen, where, what to look at; no paths of the grader. */
    message: z.string().max(longestMessage),
    /** Id of the misconception whose answer the learner's equals, where one does. */
    misconception: line.optional(),
    /** Absent in results of earlier versions. */
    detail: detailSchema.optional(),
  }),
  /** The machine could not tell: points are set aside, neither given nor lost. */
  z.object({ status: z.literal('not-measured'), reason: sentences }),
  /** The kit could not grade: a defect of the kit or the machine, never of the learner. */
  z.object({ status: z.literal('ungraded'), reason: sentences }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

export const evidenceSchema = z.object({
  outcome: outcomeSchema,
  durationMs: z.number().nonnegative(),
  /** Largest error seen as a share of the error allowed; above 1 fails. Absent where nothing was compared. */
  errorShare: z.number().nonnegative().optional(),
  race: readableRaceSchema.optional(),
  /** What the learner's own code produced, to look at: curves and tables. */
  figures: z.array(figureSchema).max(mostFigures).optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;
