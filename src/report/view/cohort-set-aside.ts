import type { Result } from '../../result/result.ts';
import { countOf } from '../text/numbers.ts';
import { safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { checkWords } from '../wording.ts';
import { setAsideStatuses, sumSetAside } from './set-aside.ts';

/** How many graded students have points set aside, and why. */
export interface CohortSetAside {
  /** `not measured` or `ungraded`. */
  readonly kind: SafeText;
  readonly students: SafeText;
  /** The most frequent reasons, each with its number of students. */
  readonly reasons: readonly SafeText[];
}

const mostReasons = 4; // the reasons of noisy races carry numbers and are all different: the student's report has each

export function listCohortSetAside(results: readonly Safe<Result>[]): CohortSetAside[] {
  const sums = results.map(sumSetAside);
  return setAsideStatuses.flatMap((status) => {
    const ofStatus = sums.map((each) => each.filter((sum) => sum.status === status).map((sum) => sum.reason));
    const reasons = ofStatus.filter((each) => each.length > 0);
    const students = countOf(reasons.length, safe`student`);
    return reasons.length === 0 ? [] : [{ kind: checkWords[status].word, students, reasons: rankReasons(reasons.flat()) }];
  });
}

function rankReasons(reasons: readonly SafeText[]): SafeText[] {
  const counts = new Map<SafeText, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const ranked = [...counts].toSorted(([, a], [, b]) => b - a).map(([reason, count]) => safe`${countOf(count, safe`student`)}: ${reason}`);
  if (ranked.length <= mostReasons) return ranked;
  const further = countOf(ranked.length - mostReasons, safe`further reason`);
  return [...ranked.slice(0, mostReasons), safe`${further}, in the students' reports.`];
}
