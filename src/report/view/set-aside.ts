import type { CheckResult, ExerciseResult, Result, Tally } from '../../result/result.ts';
import { showLine } from '../text/inert.ts';
import { showPoints } from '../text/numbers.ts';

/** Points that were neither given nor lost, with every reason: a report says them as loudly as the score. */
export interface SetAside {
  readonly kind: 'not measured' | 'ungraded';
  readonly points: string;
  /** The reason where there is one only; else null, and `reasons` lists them. */
  readonly reason: string | null;
  readonly reasons: readonly { readonly points: string; readonly reason: string }[];
}

const unexplained = 'the result gives no reason.';

export interface AsideSum {
  readonly kind: SetAside['kind'];
  readonly reason: string;
  points: number;
}

/** What was not measured, then what is ungraded; reasons in the order of the course. */
export function listSetAside(result: Pick<Result, 'exercises' | 'points'>): SetAside[] {
  const sums = sumAside(result);
  return (['not measured', 'ungraded'] as const).flatMap((kind) => {
    const reasons = sums.filter((sum) => sum.kind === kind);
    if (reasons.length === 0) return [];
    const shown = reasons.map(({ points, reason }) => ({ points: showPoints(points), reason }));
    const points = showPoints(reasons.reduce((total, sum) => total + sum.points, 0));
    return [{ kind, points, reason: shown.length === 1 ? (shown[0]?.reason ?? null) : null, reasons: shown.length === 1 ? [] : shown }];
  });
}

/** Points by reason. Points that the tally sets aside and no check explains are counted too. */
export function sumAside({ exercises, points }: Pick<Result, 'exercises' | 'points'>): AsideSum[] {
  const sums = new Map<string, AsideSum>();
  for (const exercise of exercises) {
    for (const check of exercise.checks) addCheck(sums, check);
    add(sums, 'ungraded', unexplained, unexplainedPoints(exercise));
  }
  if (sums.size === 0) add(sums, 'not measured', unexplained, asidePoints(points));
  return [...sums.values()];
}

/** Points possible that could not be decided. */
export function asidePoints({ measured, possible }: Tally): number {
  return Math.max(0, Math.round((possible - measured) * 1e6) / 1e6); // a millionth: 0.3 - 0.1 is 0.2 here
}

function addCheck(sums: Map<string, AsideSum>, { outcome, points }: CheckResult): void {
  if (outcome.status === 'not-measured') add(sums, 'not measured', endSentence(showLine(outcome.reason)), points);
  if (outcome.status === 'ungraded') add(sums, 'ungraded', endSentence(showLine(outcome.reason)), points);
}

/** An ungraded exercise may hold fewer checks than it should: the points of those that are not there. */
function unexplainedPoints({ state, points, checks }: ExerciseResult): number {
  if (state !== 'ungraded') return 0;
  const explained = checks.filter((check) => check.outcome.status === 'not-measured' || check.outcome.status === 'ungraded');
  return Math.max(0, asidePoints(points) - explained.reduce((sum, check) => sum + check.points, 0));
}

function add(sums: Map<string, AsideSum>, kind: SetAside['kind'], reason: string, points: number): void {
  if (points <= 0) return;
  const key = `${kind} ${reason}`;
  const sum = sums.get(key);
  if (sum) sum.points += points;
  else sums.set(key, { kind, reason, points });
}

/** Reasons come as sentences or as phrases; on the page all end alike. */
export function endSentence(text: string): string {
  if (text === '') return unexplained;
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}
