import type { Evidence } from '../result/evidence.ts';

/** What one check leaves behind for the reporter. It travels in vitest's `task.meta`, written on the grader's side only. */
export interface CheckRecord {
  readonly exercise: string;
  /** Which variant stood in the learner's place. */
  readonly variant: string;
  readonly check: string;
  readonly evidence: Evidence;
  /** False where the question cannot be put to this kind of subject, such as kernel counts to a specification; its outcome is then *not measured*. */
  readonly applies: boolean;
  /** What the learner's code printed during the check. */
  readonly printed: string;
}

/** Leaves a record with vitest's test. */
export function attachRecord(meta: object, record: CheckRecord): void {
  Object.assign(meta, { unroll: record });
}

/** The record that a test left, if it did. */
export function recordOf(meta: object): CheckRecord | undefined {
  return (meta as { unroll?: CheckRecord }).unroll;
}
