import type { Figure } from '../figure.ts';
import type { Outcome, RaceRecord } from '../result.ts';

/** What one check leaves behind for the reporter. It travels in vitest's `task.meta`, written on the judge's side only. */
export interface CheckRecord {
  readonly exercise: string;
  /** Which variant stood in the learner's place. */
  readonly variant: string;
  readonly check: string;
  readonly outcome: Outcome | { readonly status: 'not-applicable'; readonly reason: string };
  readonly durationMs: number;
  readonly errorShare?: number;
  readonly race?: RaceRecord;
  readonly figures?: readonly Figure[];
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
