import { UserError } from '../../errors.ts';
import type { Gradebook } from '../../result/result.ts';
import { linkTo } from '../text/href.ts';
import { showLine } from '../text/layout.ts';
import { countOf, showDate } from '../text/numbers.ts';
import { safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { listUngraded, sortStudents, studentRow, type StudentRow, type UngradedRow } from './student-rows.ts';

export interface StartPage {
  readonly title: SafeText;
  readonly gradebook: Safe<Gradebook>;
  /** The cohort page, relative to the start page. */
  readonly cohortHref: string;
}

export interface StartView {
  readonly title: SafeText;
  readonly date: SafeText;
  readonly students: SafeText;
  readonly cohortHref: SafeText;
  readonly rows: readonly StudentRow[];
  readonly ungraded: readonly UngradedRow[];
}

/** The start page: one link to the class and one to every student. */
export function startView({ title, gradebook, cohortHref }: StartPage): StartView {
  const href = linkTo(cohortHref);
  if (href === null) throw new UserError(`The start page can link only to a page beside or below it, not to ${cohortHref}.`);
  const students = sortStudents(gradebook.students);
  return {
    title: showLine(title, 200),
    date: showDate(gradebook.startedAt),
    students: countOf(students.length, safe`student`),
    cohortHref: href,
    rows: students.filter(({ outcome }) => outcome.status === 'graded').map((student) => studentRow(student, [])),
    ungraded: listUngraded(students),
  };
}
