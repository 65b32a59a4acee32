import type { Exercise } from '../course/exercise.ts';
import { limitCauses } from '../result/causes.ts';
import type { Detail } from '../result/evidence.ts';
import type { CheckRecord } from '../run/check-record.ts';
import { groupByReason, type Failed, type FailedCheck } from '../run/failure-groups.ts';

/** What is shown of one check: a tick, a cross, or a dot for one that has not ended, is set aside, or is a race. */
export type Tick = 'pass' | 'fail' | 'open';

/** The failure that is shown whole. */
export interface FirstFailure extends Detail {
  readonly check: string;
  readonly title: string;
  readonly cause: Failed['cause'];
  readonly misconception: string | undefined;
  /** Ids of checks that failed for the same reason. */
  readonly alike: readonly string[];
}

/** What the checks of one save said, or have said so far. */
export interface Verdict {
  readonly exercise: string;
  /** True once every check has ended. */
  readonly complete: boolean;
  /** True where a check met a limit, such as an endless loop: each of the others would take as long, and they are not run. */
  readonly isCutShort: boolean;
  /** True once every check but the race has passed, or cannot be measured on this machine. */
  readonly passed: boolean;
  readonly ticks: readonly Tick[];
  readonly first: FirstFailure | undefined;
  /** The first of each other reason, with how many failed for it. */
  readonly others: readonly { readonly title: string; readonly check: string; readonly count: number }[];
  /** Why checks could not be measured, or graded. */
  readonly setAside: readonly string[];
  readonly printed: string;
}

/** Brings the records of one exercise's checks into the order of its lesson, and failures of one reason together. */
export function judge({ id, checks }: Exercise, records: readonly CheckRecord[]): Verdict {
  const byCheck = new Map(records.map((record) => [record.check, record]));
  const ordered = Object.keys(checks).map((check) => [check, byCheck.get(check)] as const);
  const failures = ordered.flatMap(([check, record]) =>
    record?.evidence.outcome.status === 'fail' ? [{ check, outcome: record.evidence.outcome }] : [],
  );
  const [head, ...rest] = groupByReason(failures);
  const measured = ordered.filter(([, record]) => record === undefined || record.applies);
  const aside = [...byCheck.values()].flatMap(({ applies, evidence: { outcome } }) =>
    applies && 'reason' in outcome ? [outcome.reason] : [],
  );
  const title = (check: string) => checks[check]?.title ?? check;
  return {
    exercise: id,
    complete: byCheck.size === ordered.length,
    isCutShort: failures.some(({ outcome }) => limitCauses.some((cause) => cause === outcome.cause)),
    passed: measured.length > 0 && measured.every(([, record]) => ['pass', 'not-measured'].includes(record?.evidence.outcome.status ?? '')),
    ticks: ordered.map(([, record]) => tickOf(record)),
    first: head === undefined ? undefined : firstOf(head, title),
    others: rest.map((group) => ({ check: group[0]?.check ?? '', title: title(group[0]?.check ?? ''), count: group.length })),
    setAside: [...new Set(aside)],
    printed: printedOf(records),
  };
}

function firstOf(group: readonly FailedCheck[], title: (check: string) => string): FirstFailure {
  const [{ check, outcome }, ...alike] = group as [FailedCheck, ...FailedCheck[]];
  const { cause, misconception, message, detail = { found: message } } = outcome;
  return { ...detail, check, title: title(check), cause, misconception, alike: alike.map((each) => each.check) };
}

function tickOf(record: CheckRecord | undefined): Tick {
  const status = record?.evidence.outcome.status;
  return status === 'pass' || status === 'fail' ? status : 'open';
}

/** What the code printed, once: most checks call the same pass. */
function printedOf(records: readonly CheckRecord[]): string {
  return records.find(({ printed }) => printed.trim() !== '')?.printed.trim() ?? '';
}
