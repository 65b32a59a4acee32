import type { ExerciseResult, Gradebook, Result } from '../../result/result.ts';
import { countExercises } from '../view/exercise-statistics.ts';
import { showTally } from '../view/exercise.ts';
import { linesOf, showLine, showName } from '../text/layout.ts';
import { countOf, dash, showCount, showShare } from '../text/numbers.ts';
import { makeSafe, safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { endSentence, listSetAside, setAsidePoints, type SetAside } from '../view/set-aside.ts';
import { findQuantile } from '../../result/statistics.ts';
import { describeSetting, explainNoScore, findShare } from '../view/student.ts';
import { sortStudents, wordFor, type Student } from '../view/student-rows.ts';
import { renderParts, type Drawn, type Paragraph, type Table } from './parts.ts';
import { causeWords, stateWords } from '../wording.ts';

export interface SummaryOptions {
  /** Colour by ANSI codes; off unless asked for. The words say the same without it. */
  readonly colour?: boolean;
}

const indent = safe`  `;

/** One student's result as plain text: score, what was set aside, a table of exercises, a line for each failed check. */
export function summariseResult(raw: Result, { colour = false }: SummaryOptions = {}): Drawn {
  const result = makeSafe(raw);
  const failures = result.exercises.flatMap(listFailures);
  return renderParts(
    [
      [
        { text: safe`${showName(result.submission.name)}: ${describeScore(result)}`, indent },
        ...listSetAside(result).flatMap(describeSetAside),
      ],
      {
        head: [safe`Exercise`, safe`Title`, safe`State`, safe`Points`, safe`Set aside`],
        rows: result.exercises.map(exerciseRow),
        shrink: 1,
        right: [3, 4],
      },
      failures.length === 0 ? [] : [{ text: safe`Failed checks` }, ...failures],
      [{ text: describeSetting(result), indent }],
    ],
    colour,
  );
}

/** A class as plain text: who is ungraded, the scores, a table of exercises, a table of students. */
export function summariseGradebook(raw: Gradebook, { colour = false }: SummaryOptions = {}): Drawn {
  const gradebook = makeSafe(raw);
  const students = sortStudents(gradebook.students);
  const results = students.flatMap(({ outcome }) => (outcome.status === 'graded' ? [outcome.result] : []));
  return renderParts(
    [
      [{ text: describeClass(students, results) }],
      students.flatMap(describeUngraded),
      exerciseTable(results),
      {
        head: [safe`Student`, safe`Points`, safe`Share`, safe`Set aside`],
        rows: students.map(studentRow),
        shrink: 0,
        right: [1, 2, 3],
      },
      [{ text: describeSetting(gradebook), indent }],
    ],
    colour,
  );
}

function describeScore(result: Safe<Result>): SafeText {
  const { points } = result;
  return points.measured > 0 ? safe`${showTally(points)} measured points (${showShare(findShare(result))})` : explainNoScore(points);
}

type Row = Table['rows'][number];

function exerciseRow({ id, title, state, points }: Safe<ExerciseResult>): Row {
  const { symbol, word, tone } = stateWords[state];
  const setAside = setAsidePoints(points);
  const shown = setAside > 0 ? showCount(setAside) : dash;
  return { cells: [showLine(id, 30), showLine(title, 120), safe`${symbol} ${word}`, showTally(points), shown], tone };
}

function describeSetAside({ points, kind, reason, reasons }: SetAside): Paragraph[] {
  const head = safe`${points} ${kind}: ${reason ?? safe`for several reasons.`}`;
  return [head, ...reasons.map((each) => safe`- ${each.points}: ${each.reason}`)].map((text) => ({ text, indent, tone: 'set-aside' }));
}

/** Exercise, check, cause and the first line of the message. An absent exercise has failed no check: it was not handed in. */
function listFailures({ id, state, checks }: Safe<ExerciseResult>): Paragraph[] {
  if (state === 'absent') return [];
  return checks.flatMap((check) => {
    if (check.outcome.status !== 'fail') return [];
    const first = linesOf(check.outcome.message).find((line) => line.trim() !== '') ?? safe``;
    const where = safe`${showLine(id, 60)} / ${showLine(check.id, 60)}`;
    const text = safe`✗ ${where}: ${causeWords[check.outcome.cause].short}: ${showLine(first, 300)}`;
    const token = check.token === undefined ? [] : [{ text: safe`  case ${showLine(check.token, 160)}`, indent: safe`    ` }];
    return [{ text, indent, tone: 'fail' }, ...token];
  });
}

function describeClass(students: readonly Student[], results: readonly Safe<Result>[]): SafeText {
  const shares = results.map(findShare).filter((share) => share !== null);
  const at = (share: number) => showShare(findQuantile(shares, share));
  const quartiles = shares.length < 2 ? dash : safe`${at(0.25)} to ${at(0.75)}`;
  return safe`${countOf(students.length, safe`student`)}, ${showCount(results.length)} graded. Median ${at(0.5)}, quartiles ${quartiles}.`;
}

function describeUngraded({ name, outcome }: Student): Paragraph[] {
  if (outcome.status !== 'ungraded') return [];
  const text = safe`! ${showName(name)}, ${wordFor(outcome)}: ${endSentence(showLine(outcome.reason))}`;
  return [{ text, indent, tone: 'ungraded' }];
}

function exerciseTable(results: readonly Safe<Result>[]): Table {
  const rows = countExercises(results).map((row) => ({
    cells: [
      showLine(row.id, 120),
      ...[row.handedIn, row.passed, row.failed, row.ungraded].map(showCount),
      showShare(row.facility),
      row.cause === null ? dash : safe`${causeWords[row.cause.value].short} (${row.cause.count})`,
    ],
  }));
  const counts = [safe`Handed in`, safe`Passed`, safe`Failed`, safe`Ungraded`, safe`Facility`];
  return { head: [safe`Exercise`, ...counts, safe`Most frequent cause`], rows, shrink: 0, right: [1, 2, 3, 4, 5] };
}

function studentRow({ name, outcome }: Student): Row {
  if (outcome.status === 'ungraded') return { cells: [showName(name), wordFor(outcome), dash, dash], tone: 'ungraded' };
  const setAside = setAsidePoints(outcome.points);
  return { cells: [showName(name), showTally(outcome.points), showShare(findShare(outcome)), setAside > 0 ? showCount(setAside) : dash] };
}
