import { Command } from 'commander';

import { readCourse, type Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { kitRoot } from '../course/places.ts';
import { currentExercise } from '../learn/current.ts';
import { openHint } from '../learn/ledger.ts';
import { showHints } from '../learn/panels.ts';
import { readProgress, writeProgress, type Progress } from '../learn/progress-file.ts';
import { describeReset, resetExercise } from '../learn/reset.ts';
import { exiting } from './exit.ts';
import { printJson, say } from './print.ts';

/** What a learner asks for without a loop and without a check. */

export const hint = new Command('hint')
  .description('open one hint more; progress.yaml counts it')
  .argument('[id]', 'an exercise by number or id; without it, the one where you are')
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async (id: string | undefined, { json = false }: { json?: boolean }) => {
      const { course, progress, exercise } = whereNow(id);
      const opened = openHint(progress, exercise);
      await writeProgress(course.root, opened);
      const { title, lines } = showHints(exercise, opened);
      if (json) printJson({ exercise: exercise.id, opened: exercise.hints.slice(0, opened.hints[exercise.id]), of: exercise.hints.length });
      else say([title, '', ...lines].join('\n'));
      return 0;
    }),
  );

export const next = new Command('next')
  .description('go to the next exercise that has not passed')
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async ({ json = false }: { json?: boolean }) => {
      const { course, progress, exercise } = whereNow();
      const after = course.exercises.slice(course.exercises.indexOf(exercise) + 1);
      const found = [...after, ...course.exercises].find(({ id }) => progress.passed[id] === undefined && id !== exercise.id);
      if (found !== undefined) await writeProgress(course.root, { ...progress, current: found.id });
      if (json) printJson(found === undefined ? null : { exercise: found.id, title: found.title, folder: found.folder });
      else if (found === undefined) say('every exercise has passed');
      else say(`${found.id}: ${found.title}, about ${found.effortMinutes} minutes\nlesson: ${found.folder}/README.md`);
      return 0;
    }),
  );

export const reset = new Command('reset')
  .description('put the files of an exercise back as they were at the beginning; yours are kept in .unroll/kept')
  .argument('<id>', 'an exercise by number or id')
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async (id: string, { json = false }: { json?: boolean }) => {
      const { course, exercise } = whereNow(id, { lost: true });
      const kept = await resetExercise(course, exercise);
      if (json) printJson({ exercise: exercise.id, kept });
      else say(describeReset(exercise, kept));
      return 0;
    }),
  );

function whereNow(wanted?: string, { lost = false } = {}): { course: Course; progress: Progress; exercise: Exercise } {
  const course = readCourse(kitRoot, { lost });
  const progress = readProgress(course.root);
  return { course, progress, exercise: currentExercise(course, progress, wanted) };
}
