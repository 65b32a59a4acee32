import type { Result } from '../../result/result.ts';
import { countOf } from '../text/numbers.ts';
import { sumAside, type SetAside } from './set-aside.ts';

/** How many graded students have points set aside, and why. */
export interface ClassAside {
  readonly kind: SetAside['kind'];
  readonly students: string;
  /** The most frequent reasons, each with its number of students. */
  readonly reasons: readonly string[];
}

const mostReasons = 4; // the reasons of noisy races carry numbers and are all different: the student's report has each

export function listClassAside(results: readonly Result[]): ClassAside[] {
  const sums = results.map(sumAside);
  return (['not measured', 'ungraded'] as const).flatMap((kind) => {
    const reasons = sums.map((each) => each.filter((sum) => sum.kind === kind).map((sum) => sum.reason)).filter((each) => each.length > 0);
    return reasons.length === 0 ? [] : [{ kind, students: countOf(reasons.length, 'student'), reasons: rankReasons(reasons.flat()) }];
  });
}

function rankReasons(reasons: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const ranked = [...counts].toSorted(([, a], [, b]) => b - a).map(([reason, count]) => `${countOf(count, 'student')}: ${reason}`);
  if (ranked.length <= mostReasons) return ranked;
  return [...ranked.slice(0, mostReasons), `${countOf(ranked.length - mostReasons, 'further reason')}, in the students' reports.`];
}
