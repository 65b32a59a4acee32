import { z } from 'zod';

import { causes } from './causes.ts';
import { figureSchema } from './figure.ts';
import { longestMessage } from './lengths.ts';
import { readableRaceSchema } from './race-v1.ts';
import { line, sentences } from './text.ts';

/** What a check leaves: declared once, travelling from the check through vitest into `result.json` as it is. */

const mostFigures = 8;

const outcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pass') }),
  z.object({
    status: z.literal('fail'),
    cause: z.enum(causes),
    /** What was expected, what was seen, where, what to look at; no paths of the grader. */
    message: z.string().max(longestMessage),
    /** Id of the misconception whose answer the learner's equals, where one does. */
    misconception: line.optional(),
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
