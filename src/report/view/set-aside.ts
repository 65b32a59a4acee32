import type { CheckResult, ExerciseResult, Result, Tally } from '../../result/result.ts';
import { showLine } from '../text/layout.ts';
import { showPoints } from '../text/numbers.ts';
import { safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { checkWords } from '../wording.ts';

/** Points that were neither given nor lost, with every reason: a report says them as loudly as the score. */
export interface SetAside {
  /** `not measured` or `ungraded`. */
  readonly kind: SafeText;
  readonly points: SafeText;
  /** The reason where there is one only; else null, and `reasons` lists them. */
  readonly reason: SafeText | null;
  readonly reasons: readonly { readonly points: SafeText; readonly reason: SafeText }[];
}

/** What sets points aside, in the order of a report. */
export const setAsideStatuses = ['not-measured', 'ungraded'] as const;
type SetAsideStatus = (typeof setAsideStatuses)[number];

const unexplained = safe`the result gives no reason.`;

export interface SetAsideSum {
  readonly status: SetAsideStatus;
  readonly reason: SafeText;
  points: number;
}

/** What was not measured, then what is ungraded; reasons in the order of the course. */
export function listSetAside(result: Safe<Pick<Result, 'exercises' | 'points'>>): SetAside[] {
  const sums = sumSetAside(result);
  return setAsideStatuses.flatMap((status) => {
    const reasons = sums.filter((sum) => sum.status === status);
    if (reasons.length === 0) return [];
    const shown = reasons.map(({ points, reason }) => ({ points: showPoints(points), reason }));
    const points = showPoints(reasons.reduce((total, sum) => total + sum.points, 0));
    const [only] = shown.length === 1 ? shown : [];
    return [{ kind: checkWords[status].word, points, reason: only?.reason ?? null, reasons: only === undefined ? shown : [] }];
  });
}

/** Points by reason. Points that the tally sets aside and no check explains are counted too. */
export function sumSetAside({ exercises, points }: Safe<Pick<Result, 'exercises' | 'points'>>): SetAsideSum[] {
  const sums = new Map<string, SetAsideSum>();
  for (const exercise of exercises) {
    for (const check of exercise.checks) addCheck(sums, check);
    add(sums, 'ungraded', unexplained, unexplainedPoints(exercise));
  }
  if (sums.size === 0) add(sums, 'not-measured', unexplained, setAsidePoints(points));
  return [...sums.values()];
}

/** Points possible that could not be decided. */
export function setAsidePoints({ measured, possible }: Tally): number {
  return Math.max(0, Math.round((possible - measured) * 1e6) / 1e6); // a millionth: 0.3 - 0.1 is 0.2 here
}

function addCheck(sums: Map<string, SetAsideSum>, { outcome, points }: Safe<CheckResult>): void {
  if (outcome.status === 'not-measured' || outcome.status === 'ungraded')
    add(sums, outcome.status, endSentence(showLine(outcome.reason)), points);
}

/** An ungraded exercise may hold fewer checks than it should: the points of those that are not there. */
function unexplainedPoints({ state, points, checks }: Safe<ExerciseResult>): number {
  if (state !== 'ungraded') return 0;
  const explained = checks.filter((check) => check.outcome.status === 'not-measured' || check.outcome.status === 'ungraded');
  return Math.max(0, setAsidePoints(points) - explained.reduce((sum, check) => sum + check.points, 0));
}

function add(sums: Map<string, SetAsideSum>, status: SetAsideStatus, reason: SafeText, points: number): void {
  if (points <= 0) return;
  const key = `${status} ${reason}`;
  const sum = sums.get(key);
  if (sum) sum.points += points;
  else sums.set(key, { status, reason, points });
}

/** Reasons come as sentences or as phrases; on the page all end alike. */
export function endSentence(text: SafeText): SafeText {
  if (text === '') return unexplained;
  return /[.!?…]$/u.test(text) ? text : safe`${text}.`;
}
