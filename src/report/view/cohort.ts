import type { Gradebook, Result } from '../../result/result.ts';
import { listClassAside, type ClassAside } from './cohort-set-aside.ts';
import { countExercises, type ExerciseStatistics } from './exercise-statistics.ts';
import { showLine } from '../text/inert.ts';
import { countOf, dash, showCount, showDate, showDuration, showShare } from '../text/numbers.ts';
import { drawScoreHistogram } from '../pictures/score-histogram.ts';
import type { Svg } from '../pictures/svg.ts';
import { findQuantile } from '../../result/statistics.ts';
import { describeSetting, findShare, type Fact } from './student.ts';
import { listUngraded, sortStudents, studentRow, type StudentRow, type UngradedRow } from './student-rows.ts';
import { causeWords } from '../wording.ts';

export interface ExerciseRow {
  readonly id: string;
  readonly title: string;
  readonly short: string;
  readonly possible: string;
  readonly handedIn: string;
  readonly passed: string;
  readonly failed: string;
  readonly absent: string;
  readonly ungraded: string;
  readonly notMeasured: string;
  readonly facility: string;
  readonly cause: string;
  readonly misconception: string;
}

export interface CohortView {
  readonly title: string;
  readonly students: string;
  readonly graded: string;
  readonly ungraded: readonly UngradedRow[];
  readonly setAside: readonly ClassAside[];
  readonly median: string;
  readonly quartiles: string;
  /** How many students the median stands for. */
  readonly basis: string;
  readonly histogramPicture: Svg | null;
  readonly exercises: readonly ExerciseRow[];
  readonly rows: readonly StudentRow[];
  readonly setting: string;
  readonly facts: readonly Fact[];
}

/** All that the page of a class says, in words ready for the page. */
export function cohortView(gradebook: Gradebook): CohortView {
  const students = sortStudents(gradebook.students);
  const results = students.flatMap(({ outcome }) => (outcome.status === 'graded' ? [outcome.result] : []));
  const statistics = countExercises(results);
  const ids = statistics.map(({ id }) => id);
  return {
    title: 'The class',
    students: countOf(students.length, 'student'),
    graded: showCount(results.length),
    setAside: listClassAside(results),
    ungraded: listUngraded(students),
    ...describeScores(results),
    exercises: statistics.map(exerciseRow),
    rows: students.map((student) => studentRow(student, ids)),
    setting: describeSetting(gradebook),
    facts: listFacts(gradebook),
  };
}

type Scores = Pick<CohortView, 'median' | 'quartiles' | 'basis' | 'histogramPicture'>;

function describeScores(results: readonly Result[]): Scores {
  const shares = results.map(findShare).filter((share) => share !== null);
  const quartile = (share: number) => showShare(findQuantile(shares, share));
  return {
    median: quartile(0.5),
    quartiles: shares.length < 2 ? dash : `${quartile(0.25)} to ${quartile(0.75)}`, // quartiles of one student would say nothing
    basis: countOf(shares.length, 'student'),
    histogramPicture: drawScoreHistogram(shares),
  };
}

function exerciseRow(row: ExerciseStatistics): ExerciseRow {
  const { least, most } = row.possible;
  return {
    id: showLine(row.id, 80),
    title: showLine(row.title, 200),
    short: /^\d+/.exec(row.id)?.[0]?.slice(0, 4) ?? showLine(row.id, 8),
    possible: least === most ? showCount(most) : `${showCount(least)} to ${showCount(most)}`,
    handedIn: showCount(row.handedIn),
    passed: showCount(row.passed),
    failed: showCount(row.failed),
    absent: showCount(row.absent),
    ungraded: showCount(row.ungraded),
    notMeasured: showCount(row.notMeasured),
    facility: showShare(row.facility),
    cause: row.cause === null ? dash : `${causeWords[row.cause.value].short} (${row.cause.count})`,
    misconception: row.misconception === null ? dash : `${showLine(row.misconception.value, 80)} (${row.misconception.count})`,
  };
}

function listFacts({ kit, seed, startedAt, durationMs }: Gradebook): Fact[] {
  return [
    { term: 'Graded', value: `${showDate(startedAt)}, in ${showDuration(durationMs)}` },
    { term: 'Kit', value: `Unroll ${showLine(kit.version, 40)}` },
    { term: 'Seed', value: showLine(seed, 100) },
  ];
}
