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
  /** What the learner's code printed during the check. */
  readonly printed: string;
}

declare module 'vitest' {
  interface TaskMeta {
    unroll?: CheckRecord;
  }
}
