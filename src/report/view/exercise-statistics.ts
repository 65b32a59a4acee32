import type { Cause } from '../../result/causes.ts';
import type { ExerciseResult, Result } from '../../result/result.ts';
import { findMean, findMode } from '../../result/statistics.ts';
import type { Safe, SafeText } from '../text/safe-text.ts';

/** What a class did with one exercise. Counts are students. */
export interface ExerciseStatistics {
  readonly id: SafeText;
  readonly title: SafeText;
  /** Points possible, smallest and largest over the students: they differ only where the course changed in between. */
  readonly possible: { readonly least: number; readonly most: number };
  readonly handedIn: number;
  readonly passed: number;
  readonly failed: number;
  readonly absent: number;
  readonly ungraded: number;
  /** Students with at least one check that was not measured. */
  readonly notMeasured: number;
  /** Mean share of the measured points, over those who handed in and of whom something was measured; null of none. */
  readonly facility: number | null;
  readonly cause: { readonly value: Cause; readonly count: number } | null;
  readonly misconception: { readonly value: SafeText; readonly count: number } | null;
}

/** One row an exercise, in the order in which the results first name them. */
export function countExercises(results: readonly Safe<Result>[]): ExerciseStatistics[] {
  const byId = new Map<SafeText, Safe<ExerciseResult>[]>();
  for (const { exercises } of results) {
    for (const exercise of exercises) {
      const seen = byId.get(exercise.id);
      if (seen) seen.push(exercise);
      else byId.set(exercise.id, [exercise]);
    }
  }
  return [...byId].map(([id, exercises]) => countExercise(id, exercises));
}

function countExercise(id: SafeText, exercises: readonly Safe<ExerciseResult>[]): ExerciseStatistics {
  const countState = (state: ExerciseResult['state']) => exercises.filter((exercise) => exercise.state === state).length;
  const handedIn = exercises.filter((exercise) => exercise.state !== 'absent');
  const possible = exercises.map((exercise) => exercise.points.possible);
  return {
    id,
    title: exercises[0]?.title ?? id,
    possible: { least: Math.min(...possible), most: Math.max(...possible) },
    handedIn: handedIn.length,
    passed: countState('passed'),
    failed: countState('failed'),
    absent: countState('absent'),
    ungraded: countState('ungraded'),
    notMeasured: exercises.filter(({ checks }) => checks.some((check) => check.outcome.status === 'not-measured')).length,
    facility: findMean(handedIn.filter(({ points }) => points.measured > 0).map(({ points }) => points.earned / points.measured)),
    cause: findMode(handedIn.flatMap((exercise) => failuresOf(exercise).causes)),
    misconception: findMode(handedIn.flatMap((exercise) => failuresOf(exercise).misconceptions)),
  };
}

/** Each once a student: ten checks that time out are one student out of time. */
function failuresOf({ checks }: Safe<ExerciseResult>): { causes: Cause[]; misconceptions: SafeText[] } {
  const causes = new Set<Cause>();
  const misconceptions = new Set<SafeText>();
  for (const { outcome } of checks) {
    if (outcome.status !== 'fail') continue;
    causes.add(outcome.cause);
    if (outcome.misconception !== undefined) misconceptions.add(outcome.misconception);
  }
  return { causes: [...causes], misconceptions: [...misconceptions] };
}
