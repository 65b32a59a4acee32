import { z } from 'zod';

import { evidenceSchema } from '../result/evidence.ts';
import type { CheckRecord } from '../run/check-record.ts';

/** What a check left behind, as it is written and sent. */
export const recordSchema = z.strictObject({
  exercise: z.string(),
  variant: z.string(),
  check: z.string(),
  evidence: evidenceSchema,
  applies: z.boolean(),
  printed: z.string(),
}) satisfies z.ZodType<CheckRecord>;

/** What checks said of one exercise's files: all that a result needs of them, and nothing of who handed them in. */
export const verdictSchema = z.strictObject({
  schema: z.literal('unroll/verdict/v1'),
  /** SHA-256 of what `of` says, and the name of the file. */
  key: z.string(),
  /** All that could change the outcome. */
  of: z.record(z.string(), z.unknown()),
  records: z.array(recordSchema),
  /** HMAC over the rest, where the cohort has a secret. */
  code: z.string().optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** How each check ended: what two verdicts on the same question must agree in. */
export function endsOf({ records }: Pick<Verdict, 'records'>): string {
  return records
    .map(({ check, evidence: { outcome } }) => `${check}: ${outcome.status}${outcome.status === 'fail' ? ` (${outcome.cause})` : ''}`)
    .toSorted()
    .join(', ');
}

/** Whether another grading would say the same: what the machine could not tell, or the kit could not grade, is asked again. */
export function isFinal(records: readonly CheckRecord[]): boolean {
  return records.every(({ evidence: { outcome, race } }) => outcome.status !== 'ungraded' && race?.verdict !== 'cannot-tell');
}
