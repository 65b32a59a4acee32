import { Command } from 'commander';

import { readCourse, type Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { readProgress, type Progress } from '../learn/progress-file.ts';
import { alignRows } from '../terminal/table.ts';
import { exiting } from './exit.ts';
import { printJson, say } from './print.ts';

export const listCommand = new Command('list')
  .description('list the exercises: units in order, points and effort')
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async ({ json = false }: { json?: boolean }) => {
      const course = readCourse();
      const progress = readProgress(course.root);
      if (json) printJson(course.exercises.map((exercise) => asRow(exercise, progress)));
      else say(renderList(course, progress));
      return 0;
    }),
  );

function asRow(exercise: Exercise, { passed: passedOn }: Progress) {
  const { id, title, unit, effortMinutes, solved, passes, race } = exercise;
  return {
    id,
    title,
    unit,
    points: pointsOf(exercise),
    effortMinutes,
    solved,
    passes,
    race: race !== undefined,
    passed: passedOn[id] ?? null,
  };
}

const pointsOf = ({ checks }: Exercise) => Object.values(checks).reduce((sum, { points }) => sum + points, 0);

function renderList({ title, exercises }: Course, progress: Progress): string {
  const lines = alignRows(
    exercises.map((exercise) => cellsOf(exercise, progress)),
    { right: [2, 3] },
  );
  const units = [...new Set(exercises.map(({ unit }) => unit))].map((unit) =>
    [unit, ...lines.filter((_, index) => exercises[index]?.unit === unit).map((line) => `  ${line}`)].join('\n'),
  );
  const points = exercises.reduce((sum, exercise) => sum + pointsOf(exercise), 0);
  const hours = exercises.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0) / 60;
  return [title, ...units, `${exercises.length} exercises, ${points} points, about ${Math.round(hours)} hours`].join('\n\n');
}

function cellsOf(exercise: Exercise, { passed }: Progress): string[] {
  const { id, title, effortMinutes, race, solved } = exercise;
  const notes = [
    ...(passed[id] === undefined ? [] : [`passed on ${passed[id]}`]),
    ...(race === undefined ? [] : ['race']),
    ...(solved ? ['comes solved'] : []),
  ];
  return [id, title, `${pointsOf(exercise)} points`, `${effortMinutes} min`, notes.join('  ')];
}
