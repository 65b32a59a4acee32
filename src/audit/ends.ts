import type { CheckResult, ExerciseResult, Result } from '../result/result.ts';
import type { Attack, End } from './attack.ts';

/** How a check ended, in one word. */
export type Ended = End | 'pass' | 'ungraded' | 'cannot-tell' | 'absent';

export function endOf({ outcome, race }: CheckResult): Ended {
  if (outcome.status === 'fail') return outcome.cause;
  if (outcome.status !== 'not-measured') return outcome.status;
  if (race?.verdict === 'implausible' || race?.verdict === 'cannot-tell') return race.verdict;
  return 'not-measured';
}

/** The ends of an exercise's checks by id. */
export function endsOf({ state, checks }: ExerciseResult): Record<string, Ended> {
  return Object.fromEntries(checks.map((check) => [check.id, state === 'absent' ? 'absent' : endOf(check)]));
}

/** A few words for a table: each end with how often it was seen. */
export function countEnds(ends: Readonly<Record<string, Ended>>): string {
  const counts = new Map<Ended, number>();
  for (const end of Object.values(ends)) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].map(([end, count]) => (counts.size === 1 ? end : `${end} ${count}`)).join(', ');
}

/** What the ends of the attacked exercise lack of what the attack must show; none where they are as expected. */
export function compareEnds(attack: Attack, seen: Readonly<Record<string, Ended>>, honest: Readonly<Record<string, Ended>>): string[] {
  const missing = Object.keys(attack.expect).filter((id) => id !== 'all' && !(id in seen));
  return [
    ...missing.map((id) => `there is no check ${id}`),
    ...Object.entries(seen).flatMap(([id, end]) => {
      const expected = attack.expect[id] ?? attack.expect['all'] ?? [];
      if (end === 'cannot-tell' && attack.clock) return []; // noise: it gains nothing, and the row says that it was not measured
      return expected.some((wanted) => isAs(wanted, end, honest[id])) ? [] : [`${id}: ${end} instead of ${expected.join(' or ')}`];
    }),
  ];
}

function isAs(wanted: End, end: Ended, honest: Ended | undefined): boolean {
  if (wanted === 'honest') return end === honest;
  if (wanted === 'refused') return end === 'absent';
  if (wanted === 'inert') return end !== 'ungraded';
  return end === wanted;
}

/** A result without what differs from run to run: times and the submission's name. */
export function withoutTimes(result: Pick<Result, 'exercises' | 'notes' | 'points'>): string {
  const { exercises, notes, points } = result;
  return JSON.stringify({ exercises, notes, points }, (key, value: unknown) =>
    key === 'durationMs' || key === 'race' ? undefined : value,
  );
}

/** What differs between two gradings of the same work, in a few words; `undefined` where nothing does. */
export function findDifference(seen: Result, expected: Result): string | undefined {
  if (withoutTimes(seen) === withoutTimes(expected)) return undefined;
  const said = (result: Result) => `${result.points.earned} of ${result.points.measured} points`;
  const first = seen.exercises.flatMap(({ checks }) => checks).find(({ outcome }) => outcome.status !== 'pass')?.outcome;
  const why = first?.status === 'fail' ? first.message : first?.status === 'pass' ? undefined : first?.reason;
  const words =
    said(seen) === said(expected) ? `${said(seen)} and another result` : `${said(seen)} instead of ${said(expected).split(' points')[0]}`;
  return `${words}${why === undefined ? '' : `: ${why.slice(0, 200)}`}`;
}
