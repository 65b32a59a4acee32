import { longestPrinted } from '../../result/lengths.ts';
import type { ExerciseResult, Tally } from '../../result/result.ts';
import { checkView, type CheckView } from './check.ts';
import type { Drawn } from './figure.ts';
import { showBlock, showLine } from '../text/layout.ts';
import { dash, showCount, showPoints } from '../text/numbers.ts';
import { safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { setAsidePoints } from './set-aside.ts';
import { stateWords, type StatusWords } from '../wording.ts';

export interface ExerciseView {
  readonly anchor: SafeText;
  readonly id: SafeText;
  readonly title: SafeText;
  readonly status: StatusWords;
  readonly points: SafeText;
  /** The same as a phrase; null where nothing could be decided. */
  readonly pointsPhrase: SafeText | null;
  /** Such as `3 points set aside`; null where all was decided. */
  readonly setAside: SafeText | null;
  readonly explanation: SafeText | null;
  readonly checks: readonly CheckView[];
  readonly printed: SafeText | null;
}

export interface UnitView {
  readonly title: SafeText;
  readonly exercises: readonly ExerciseView[];
}

const explanations: Partial<Record<ExerciseResult['state'], SafeText>> = {
  absent: safe`Not handed in: the submission holds no file for this exercise.`,
  ungraded: safe`The kit could not grade this exercise. That is a fault of the kit or of the machine, never yours, and no points are lost by it.`,
};

/** Exercises under their units, both in the order in which they first come. */
export function groupByUnit(exercises: readonly Safe<ExerciseResult>[], drawn: Drawn): UnitView[] {
  const units = new Map<SafeText, ExerciseView[]>();
  for (const [index, exercise] of exercises.entries()) {
    const unit = showLine(exercise.unit, 120);
    const title = unit === '' ? safe`Exercises` : unit;
    units.set(title, [...(units.get(title) ?? []), exerciseView(exercise, index, drawn)]);
  }
  return [...units].map(([title, views]) => ({ title, exercises: views }));
}

function exerciseView(exercise: Safe<ExerciseResult>, index: number, drawn: Drawn): ExerciseView {
  const setAside = setAsidePoints(exercise.points);
  return {
    anchor: safe`exercise-${index + 1}`,
    id: showLine(exercise.id, 80),
    title: showLine(exercise.title, 200),
    status: stateWords[exercise.state],
    points: showTally(exercise.points),
    pointsPhrase:
      exercise.points.measured > 0 ? safe`${showCount(exercise.points.earned)} of ${showPoints(exercise.points.measured)}` : null,
    setAside: setAside > 0 ? safe`${showPoints(setAside)} set aside` : null,
    explanation: explanations[exercise.state] ?? null,
    checks: exercise.state === 'absent' ? [] : exercise.checks.map((check) => checkView(check, drawn)),
    printed: exercise.printed.trim() === '' ? null : showBlock(exercise.printed, longestPrinted),
  };
}

/** `4 of 6`; a dash where nothing could be decided. */
export function showTally({ earned, measured }: Tally): SafeText {
  return measured > 0 ? safe`${showCount(earned)} of ${showCount(measured)}` : dash;
}
