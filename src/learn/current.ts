import type { Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { chooseExercises } from '../course/select.ts';
import type { Progress } from './progress-file.ts';

/** The exercise that is named, or where the learner was, or the first that has not passed. */
export function currentExercise(course: Course, { current, passed }: Progress, wanted?: string): Exercise {
  const { exercises } = course;
  const open = exercises.find(({ id }) => id === current) ?? exercises.find(({ id }) => passed[id] === undefined);
  return (wanted === undefined ? (open ?? exercises[0]) : chooseExercises(course, [wanted])[0]) as Exercise;
}
