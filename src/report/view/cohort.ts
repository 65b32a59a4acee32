import type { Gradebook, Result } from '../../result/result.ts';
import { listCohortSetAside, type CohortSetAside } from './cohort-set-aside.ts';
import { countExercises, type ExerciseStatistics } from './exercise-statistics.ts';
import { showLine } from '../text/layout.ts';
import { countOf, dash, showCount, showDate, showDuration, showShare } from '../text/numbers.ts';
import { makeSafe, safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { drawScoreHistogram } from '../pictures/score-histogram.ts';
import type { Svg } from '../pictures/svg.ts';
import { findQuantile } from '../../result/statistics.ts';
import { describeSetting, findShare, shortenNotes, tellInputs, type Fact } from './student.ts';
import { countWithoutPoints, listUngraded, sortStudents, studentRow, type StudentRow, type UngradedRow } from './student-rows.ts';
import { causeWords } from '../wording.ts';

export interface ExerciseRow {
  readonly id: SafeText;
  readonly title: SafeText;
  readonly short: SafeText;
  readonly possible: SafeText;
  readonly handedIn: SafeText;
  readonly passed: SafeText;
  readonly failed: SafeText;
  readonly absent: SafeText;
  readonly ungraded: SafeText;
  readonly notMeasured: SafeText;
  readonly facility: SafeText;
  readonly cause: SafeText;
  readonly misconception: SafeText;
}

export interface CohortView {
  readonly title: SafeText;
  readonly students: SafeText;
  readonly graded: SafeText;
  readonly ungraded: readonly UngradedRow[];
  /** Those who have no points, counted by why. */
  readonly withoutPoints: readonly { readonly kind: SafeText; readonly students: SafeText }[];
  readonly setAside: readonly CohortSetAside[];
  readonly median: SafeText;
  readonly quartiles: SafeText;
  /** How many students the median stands for. */
  readonly basis: SafeText;
  readonly histogramPicture: Svg | null;
  readonly exercises: readonly ExerciseRow[];
  readonly rows: readonly StudentRow[];
  /** For the instructor. */
  readonly notes: readonly SafeText[];
  readonly setting: SafeText;
  readonly facts: readonly Fact[];
}

/** All that the page of a class says, in words ready for the page. */
export function cohortView(gradebook: Safe<Gradebook>): CohortView {
  const students = sortStudents(gradebook.students);
  const results = students.flatMap(({ outcome }) => (outcome.status === 'graded' ? [outcome.result] : []));
  const statistics = countExercises(results);
  const ids = statistics.map(({ id }) => id);
  return {
    title: safe`The class`,
    students: countOf(students.length, safe`student`),
    graded: showCount(results.length),
    setAside: listCohortSetAside(results),
    ungraded: listUngraded(students),
    withoutPoints: countWithoutPoints(students),
    ...describeScores(results),
    exercises: statistics.map(exerciseRow),
    rows: students.map((student) => studentRow(student, ids)),
    notes: shortenNotes(gradebook.notes ?? []),
    setting: describeSetting(gradebook),
    facts: listFacts(gradebook),
  };
}

type Scores = Pick<CohortView, 'median' | 'quartiles' | 'basis' | 'histogramPicture'>;

function describeScores(results: readonly Safe<Result>[]): Scores {
  const shares = results.map(findShare).filter((share) => share !== null);
  const quartile = (share: number) => showShare(findQuantile(shares, share));
  return {
    median: quartile(0.5),
    quartiles: shares.length < 2 ? dash : safe`${quartile(0.25)} to ${quartile(0.75)}`, // quartiles of one student would say nothing
    basis: countOf(shares.length, safe`student`),
    histogramPicture: drawScoreHistogram(shares),
  };
}

function exerciseRow(row: ExerciseStatistics): ExerciseRow {
  const { least, most } = row.possible;
  return {
    id: showLine(row.id, 80),
    title: showLine(row.title, 200),
    short: makeSafe(/^\d{1,4}/.exec(row.id)?.[0]) ?? showLine(row.id, 8),
    possible: least === most ? showCount(most) : safe`${showCount(least)} to ${showCount(most)}`,
    handedIn: showCount(row.handedIn),
    passed: showCount(row.passed),
    failed: showCount(row.failed),
    absent: showCount(row.absent),
    ungraded: showCount(row.ungraded),
    notMeasured: showCount(row.notMeasured),
    facility: showShare(row.facility),
    cause: row.cause === null ? dash : safe`${causeWords[row.cause.value].short} (${row.cause.count})`,
    misconception: row.misconception === null ? dash : safe`${showLine(row.misconception.value, 80)} (${row.misconception.count})`,
  };
}

function listFacts({ kit, seed, epoch, startedAt, durationMs }: Safe<Gradebook>): Fact[] {
  return [
    { term: safe`Graded`, value: safe`${showDate(startedAt)}, in ${showDuration(durationMs)}` },
    { term: safe`Kit`, value: safe`Unroll ${showLine(kit.version, 40)}` },
    tellInputs(seed, epoch),
  ];
}
