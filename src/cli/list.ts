import { Command } from 'commander';

import { readCourse, type Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { exiting } from './exit.ts';

export const listCommand = new Command('list')
  .description('list the exercises: units in order, points and effort')
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async ({ json = false }: { json?: boolean }) => {
      const course = readCourse();
      console.log(json ? JSON.stringify(course.exercises.map(asRow)) : drawList(course));
      return 0;
    }),
  );

function asRow(exercise: Exercise) {
  const { id, title, unit, effortMinutes, solved, passes, race } = exercise;
  return { id, title, unit, points: pointsOf(exercise), effortMinutes, solved, passes, race: race !== undefined };
}

const pointsOf = ({ checks }: Exercise) => Object.values(checks).reduce((sum, { points }) => sum + points, 0);

function drawList({ title, exercises }: Course): string {
  const width = Math.max(...exercises.map(({ id }) => id.length));
  const names = Math.max(...exercises.map((exercise) => exercise.title.length));
  const line = (exercise: Exercise) =>
    `  ${exercise.id.padEnd(width)}  ${exercise.title.padEnd(names)}  ${String(pointsOf(exercise)).padStart(4)} points  ${String(exercise.effortMinutes).padStart(3)} min${exercise.race === undefined ? '' : '  race'}${exercise.solved ? '  comes solved' : ''}`;
  const units = [...new Set(exercises.map(({ unit }) => unit))].map((unit) =>
    [unit, ...exercises.filter((exercise) => exercise.unit === unit).map(line)].join('\n'),
  );
  const points = exercises.reduce((sum, exercise) => sum + pointsOf(exercise), 0);
  const hours = exercises.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0) / 60;
  return [title, ...units, `${exercises.length} exercises, ${points} points, about ${Math.round(hours)} hours`].join('\n\n');
}
