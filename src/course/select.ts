import { UserError } from '../errors.ts';
import type { Course } from './course.ts';
import type { Exercise } from './exercise.ts';

/** The exercises wanted by id or by number (`10`); all of them where none is named. */
export function chooseExercises(course: Course, wanted: readonly string[]): readonly Exercise[] {
  if (wanted.length === 0) return course.exercises;
  const chosen = wanted.map((name) => {
    const found = course.exercises.find((exercise) => exercise.id === name || exercise.id.startsWith(`${name}-`));
    if (found === undefined)
      throw new UserError(`there is no exercise ${name}; the course has ${course.exercises.map(({ id }) => id).join(', ')}`);
    return found;
  });
  return [...new Set(chosen)]; // named twice, its points count once
}

/** The exercise as if it had these checks alone; as it is where none is named. */
export function selectChecks(exercise: Exercise, wanted: readonly string[] | undefined): Exercise {
  if (wanted === undefined) return exercise;
  return { ...exercise, checks: Object.fromEntries(Object.entries(exercise.checks).filter(([id]) => wanted.includes(id))) };
}
