import type { Outcome } from '../../src/result/evidence.ts';
import type { CheckRecord } from '../../src/run/check-record.ts';

/** The record of a check of `makeExercise()` that ended so. */
export function makeRecord(check: string, outcome: Outcome, rest: Partial<CheckRecord> = {}): CheckRecord {
  return {
    exercise: '07-doubling',
    variant: '07-doubling',
    check,
    evidence: { outcome, durationMs: 1 },
    applies: true,
    printed: '',
    ...rest,
  };
}

export const pass: Outcome = { status: 'pass' };

/** A failure as the driver reports it. */
export function makeFailure(found: string, rest: Partial<Extract<Outcome, { status: 'fail' }>> = {}): Extract<Outcome, { status: 'fail' }> {
  return { status: 'fail', cause: 'wrong-value', message: found, detail: { found }, ...rest };
}
