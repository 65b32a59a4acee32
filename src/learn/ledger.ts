import type { Exercise } from '../course/exercise.ts';
import { today, type Progress } from './progress-file.ts';

/** What a learner has opened, as `progress.yaml` keeps it. */

/** One hint more; the last stays the last. */
export function openHint(progress: Progress, { id, hints }: Exercise): Progress {
  return { ...progress, hints: { ...progress.hints, [id]: Math.min(hints.length, (progress.hints[id] ?? 0) + 1) } };
}

export function noteExplained(progress: Progress, { id }: Exercise): Progress {
  return { ...progress, explained: { ...progress.explained, [id]: (progress.explained[id] ?? 0) + 1 } };
}

/** The first time counts, and whether the exercise had passed by then. */
export function noteSolution(progress: Progress, { id }: Exercise): Progress {
  const after = progress.passed[id] === undefined ? 'asking' : 'pass';
  return { ...progress, solutions: { ...progress.solutions, [id]: progress.solutions[id] ?? { day: today(), after } } };
}

export function notePassed(progress: Progress, { id }: Exercise): Progress {
  return { ...progress, passed: { ...progress.passed, [id]: progress.passed[id] ?? today() } };
}

/** The first prediction counts: after a race it would be none. */
export function notePrediction(progress: Progress, { id }: Exercise, speedup: number): Progress {
  return { ...progress, predictions: { ...progress.predictions, [id]: progress.predictions[id] ?? { day: today(), speedup } } };
}
