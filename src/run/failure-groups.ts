import type { Outcome } from '../result/evidence.ts';

export type Failed = Extract<Outcome, { status: 'fail' }>;

/** A check that failed, by its id. */
export interface FailedCheck {
  readonly check: string;
  readonly outcome: Failed;
}

/** Failures that have one reason stand together, in the order of the first of each. */
export function groupByReason(failures: readonly FailedCheck[]): FailedCheck[][] {
  const groups = new Map<string, FailedCheck[]>();
  for (const failure of failures) {
    const reason = reasonOf(failure.outcome);
    groups.set(reason, [...(groups.get(reason) ?? []), failure]);
  }
  return [...groups.values()];
}

/** What makes two failures one: the name of the mistake, or the same words but for numbers. Wrong numbers without a name are one mistake until shown otherwise. */
function reasonOf({ cause, misconception, detail, message }: Failed): string {
  if (misconception !== undefined) return `misconception ${misconception}`;
  if (cause === 'wrong-value' || cause === 'not-finite') return cause;
  return `${cause} ${(detail?.found ?? message).replaceAll(/\d+/g, '')}`;
}
