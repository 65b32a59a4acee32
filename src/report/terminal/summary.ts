import type { ExerciseResult, Gradebook, Result } from '../../result/result.ts';
import { countExercises } from '../view/exercise-statistics.ts';
import { showTally } from '../view/exercise.ts';
import { showLine, showName } from '../text/inert.ts';
import { countOf, dash, showCount, showShare } from '../text/numbers.ts';
import { asidePoints, endSentence, listSetAside, type SetAside } from '../view/set-aside.ts';
import { findQuantile } from '../../result/statistics.ts';
import { describeSetting, explainNoScore, findShare } from '../view/student.ts';
import { sortStudents, type Student } from '../view/student-rows.ts';
import { drawTable, paint, type TableRow } from './table.ts';
import { cutText, wrapText } from './columns.ts';
import { causeWords, stateWords } from '../wording.ts';

export interface SummaryOptions {
  /** Colour by ANSI codes; off unless asked for. The words say the same without it. */
  readonly colour?: boolean;
}

const columns = 100; // fits half of a wide screen and every CI log

/** One student's result as plain text: score, what was set aside, a table of exercises, a line for each failed check. */
export function summariseResult(result: Result, { colour = false }: SummaryOptions = {}): string {
  const { points, exercises } = result;
  const score = points.measured > 0 ? `${showTally(points)} measured points (${showShare(findShare(result))})` : explainNoScore(points);
  const aside = listSetAside(result).flatMap(describeAside);
  const failures = exercises.flatMap((exercise) => listFailures(exercise, colour));
  return joinParts([
    [cutText(`${showName(result.submission.name)}: ${score}`, columns), ...aside.map((line) => paint(line, 'aside', colour))],
    drawTable(['Exercise', 'Title', 'State', 'Points', 'Set aside'], exercises.map(exerciseCells), {
      columns,
      colour,
      shrink: 1,
      right: [3, 4],
    }),
    failures.length === 0 ? [] : ['Failed checks', ...failures],
    wrapText(describeSetting(result), columns, '  '),
  ]);
}

/** A class as plain text: who is ungraded, the scores, a table of exercises, a table of students. */
export function summariseGradebook(gradebook: Gradebook, { colour = false }: SummaryOptions = {}): string {
  const students = sortStudents(gradebook.students);
  const results = students.flatMap(({ outcome }) => (outcome.status === 'graded' ? [outcome.result] : []));
  return joinParts([
    describeClass(students, results),
    students.flatMap((student) => describeUngraded(student, colour)),
    drawTable(['Exercise', 'Handed in', 'Passed', 'Failed', 'Ungraded', 'Facility', 'Most frequent cause'], exerciseLines(results), {
      columns,
      colour,
      shrink: 0,
      right: [1, 2, 3, 4, 5],
    }),
    drawTable(['Student', 'Points', 'Share', 'Set aside'], students.map(studentCells), { columns, colour, shrink: 0, right: [1, 2, 3] }),
    wrapText(describeSetting(gradebook), columns, '  '),
  ]);
}

function exerciseCells({ id, title, state, points }: ExerciseResult): TableRow {
  const { symbol, word, tone } = stateWords[state];
  const aside = asidePoints(points);
  return {
    cells: [showLine(id, 30), showLine(title, 120), `${symbol} ${word}`, showTally(points), aside > 0 ? showCount(aside) : dash],
    tone,
  };
}

function describeAside({ points, kind, reason, reasons }: SetAside): string[] {
  const head = wrapText(`${points} ${kind}: ${reason ?? 'for several reasons.'}`, columns, '  ');
  return [...head, ...reasons.flatMap((each) => wrapText(`- ${each.points}: ${each.reason}`, columns, '  '))];
}

/** Exercise, check, cause and the first line of the message, wrapped. An absent exercise has failed no check: it was not handed in. */
function listFailures({ id, state, checks }: ExerciseResult, colour: boolean): string[] {
  if (state === 'absent') return [];
  return checks.flatMap((check) => {
    if (check.outcome.status !== 'fail') return [];
    const first = showLine(check.outcome.message.trimStart().split('\n', 1)[0] ?? '', 300);
    const text = `${showLine(id, 60)} / ${showLine(check.id, 60)}: ${causeWords[check.outcome.cause].short}: ${first}`;
    const [head = '', ...rest] = wrapText(`  ✗ ${text}`, columns, '      ');
    return [paint(head, 'fail', colour), ...rest];
  });
}

function describeClass(students: readonly Student[], results: readonly Result[]): string[] {
  const shares = results.map(findShare).filter((share) => share !== null);
  const at = (share: number) => showShare(findQuantile(shares, share));
  const quartiles = shares.length < 2 ? dash : `${at(0.25)} to ${at(0.75)}`;
  return [`${countOf(students.length, 'student')}, ${showCount(results.length)} graded. Median ${at(0.5)}, quartiles ${quartiles}.`];
}

function describeUngraded({ name, outcome }: Student, colour: boolean): string[] {
  if (outcome.status !== 'ungraded') return [];
  const lines = wrapText(`! Ungraded: ${showName(name)}: ${endSentence(showLine(outcome.reason))}`, columns, '  ');
  return lines.map((line) => paint(line, 'ungraded', colour));
}

function exerciseLines(results: readonly Result[]): TableRow[] {
  return countExercises(results).map((row) => ({
    cells: [
      showLine(row.id, 120),
      ...[row.handedIn, row.passed, row.failed, row.ungraded].map(showCount),
      showShare(row.facility),
      row.cause === null ? dash : `${causeWords[row.cause.value].short} (${row.cause.count})`,
    ],
    tone: 'plain',
  }));
}

function studentCells({ name, outcome }: Student): TableRow {
  if (outcome.status === 'ungraded') return { cells: [showName(name), 'ungraded', dash, dash], tone: 'ungraded' };
  const aside = asidePoints(outcome.points);
  const cells = [showName(name), showTally(outcome.points), showShare(findShare(outcome)), aside > 0 ? showCount(aside) : dash];
  return { cells, tone: 'plain' };
}

function joinParts(parts: readonly (readonly string[])[]): string {
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}
