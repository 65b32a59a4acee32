import type { ExerciseResult, Gradebook } from '../../result/result.ts';
import { showTally } from './exercise.ts';
import { linkTo } from '../text/href.ts';
import { showLine, showName } from '../text/layout.ts';
import { countOf, dash, showCount, showPoints, showShare } from '../text/numbers.ts';
import { makeSafe, safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { endSentence, setAsidePoints } from './set-aside.ts';
import { findShare } from './student.ts';
import { stateWords, withoutPointsWords, type StatusWords } from '../wording.ts';

export type Student = Safe<Gradebook>['students'][number];

export interface MarkView {
  readonly tone: StatusWords['tone'];
  readonly text: SafeText;
}

export interface StudentRow {
  /** Of the student's folder, which tells apart names that look the same; null in older gradebooks. */
  readonly number: SafeText | null;
  readonly name: SafeText;
  /** True where the platform has marked the work as late. */
  readonly late: boolean;
  /** The student's report, relative to the gradebook; null where there is none. */
  readonly href: SafeText | null;
  readonly score: SafeText;
  readonly share: SafeText;
  readonly setAside: SafeText;
  readonly marks: readonly MarkView[];
}

export interface UngradedRow {
  readonly name: SafeText;
  /** `unreadable`, `nothing found`, `nothing handed in` or `ungraded`. */
  readonly kind: SafeText;
  readonly reason: SafeText;
}

export const reportName = 'report.html';

/** Students by name as a person would sort them; equal names by folder, so that the order never depends on chance. */
export function sortStudents(students: readonly Student[]): Student[] {
  const collator = new Intl.Collator('en', { numeric: true });
  return students.toSorted((a, b) => collator.compare(a.name, b.name) || collator.compare(a.folder, b.folder));
}

export function studentRow(student: Student, exerciseIds: readonly SafeText[]): StudentRow {
  const name = showName(student.name);
  const late = student.late === true;
  const number = makeSafe(/^students\/(\d+)/.exec(student.folder)?.[1]) ?? null;
  if (student.outcome.status === 'ungraded') {
    return {
      number,
      name,
      late,
      href: null,
      score: wordFor(student.outcome),
      share: dash,
      setAside: dash,
      marks: exerciseIds.map(() => ungraded),
    };
  }
  const { points, result } = student.outcome;
  const setAside = setAsidePoints(points);
  const byId = new Map(result.exercises.map((exercise) => [exercise.id, exercise]));
  return {
    number,
    name,
    late,
    href: linkTo(`${student.folder}/${reportName}`),
    score: showTally(points),
    share: showShare(findShare({ points })),
    setAside: setAside > 0 ? showPoints(setAside) : safe`none`,
    marks: exerciseIds.map((id) => markOf(byId.get(id))),
  };
}

export function listUngraded(students: readonly Student[]): UngradedRow[] {
  return students.flatMap(({ name, outcome }) =>
    outcome.status === 'ungraded'
      ? [{ name: showName(name), kind: wordFor(outcome), reason: endSentence(showLine(outcome.reason, 1000)) }]
      : [],
  );
}

/** How many students have no points, by why. */
export function countWithoutPoints(students: readonly Student[]): { readonly kind: SafeText; readonly students: SafeText }[] {
  const kinds = students.flatMap(({ outcome }) => (outcome.status === 'ungraded' ? [wordFor(outcome)] : []));
  return Object.values(withoutPointsWords).flatMap((kind) => {
    const count = kinds.filter((each) => each === kind).length;
    return count === 0 ? [] : [{ kind, students: countOf(count, safe`student`) }];
  });
}

export const wordFor = ({ kind }: Ungraded): SafeText => withoutPointsWords[kind ?? 'ungraded'];

type Ungraded = Extract<Student['outcome'], { status: 'ungraded' }>;

const ungraded: MarkView = { tone: 'ungraded', text: stateWords.ungraded.symbol };
const nothing: MarkView = { tone: 'absent', text: dash };

/** `✓ 6`, `✗ 2`; a question mark follows where points were set aside. */
function markOf(exercise: Safe<ExerciseResult> | undefined): MarkView {
  if (exercise === undefined || exercise.state === 'absent') return nothing;
  const { symbol, tone } = stateWords[exercise.state];
  if (exercise.state === 'ungraded') return { tone, text: symbol };
  const setAside = setAsidePoints(exercise.points) > 0;
  return {
    tone: setAside && tone === 'pass' ? 'set-aside' : tone,
    text: safe`${symbol} ${showCount(exercise.points.earned)}${setAside ? safe`?` : safe``}`,
  };
}
