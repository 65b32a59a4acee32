import type { ExerciseResult, Tally } from '../../result/result.ts';
import { checkView, type CheckView } from './check.ts';
import type { Drawn } from './figure.ts';
import { showBlock, showLine } from '../text/inert.ts';
import { dash, showCount, showPoints } from '../text/numbers.ts';
import { asidePoints } from './set-aside.ts';
import { stateWords, type StatusWords } from '../wording.ts';

export interface ExerciseView {
  readonly anchor: string;
  readonly id: string;
  readonly title: string;
  readonly status: StatusWords;
  readonly points: string;
  /** The same as a phrase; null where nothing could be decided. */
  readonly pointsPhrase: string | null;
  /** Such as `3 points set aside`; null where all was decided. */
  readonly aside: string | null;
  readonly explanation: string | null;
  readonly checks: readonly CheckView[];
  readonly printed: string | null;
}

export interface UnitView {
  readonly title: string;
  readonly exercises: readonly ExerciseView[];
}

const explanations: Partial<Record<ExerciseResult['state'], string>> = {
  absent: 'Not handed in: the submission holds no file for this exercise.',
  ungraded:
    'The kit could not grade this exercise. That is a fault of the kit or of the machine, never yours, and no points are lost by it.',
};
const longestPrinted = 20_000; // characters: about 400 lines, more than anyone reads in a report

/** Exercises under their units, both in the order in which they first come. */
export function groupByUnit(exercises: readonly ExerciseResult[], drawn: Drawn): UnitView[] {
  const units = new Map<string, ExerciseView[]>();
  for (const [index, exercise] of exercises.entries()) {
    const title = showLine(exercise.unit, 120) || 'Exercises';
    units.set(title, [...(units.get(title) ?? []), exerciseView(exercise, index, drawn)]);
  }
  return [...units].map(([title, views]) => ({ title, exercises: views }));
}

function exerciseView(exercise: ExerciseResult, index: number, drawn: Drawn): ExerciseView {
  const aside = asidePoints(exercise.points);
  return {
    anchor: `exercise-${index + 1}`,
    id: showLine(exercise.id, 80),
    title: showLine(exercise.title, 200),
    status: stateWords[exercise.state],
    points: showTally(exercise.points),
    pointsPhrase: exercise.points.measured > 0 ? `${showCount(exercise.points.earned)} of ${showPoints(exercise.points.measured)}` : null,
    aside: aside > 0 ? `${showPoints(aside)} set aside` : null,
    explanation: explanations[exercise.state] ?? null,
    checks: exercise.state === 'absent' ? [] : exercise.checks.map((check) => checkView(check, drawn)),
    printed: exercise.printed.trim() === '' ? null : showBlock(exercise.printed, longestPrinted),
  };
}

/** `4 of 6`; a dash where nothing could be decided. */
export function showTally({ earned, measured }: Tally): string {
  return measured > 0 ? `${showCount(earned)} of ${showCount(measured)}` : dash;
}
