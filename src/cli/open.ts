import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';

import { Command } from 'commander';

import { readCourse, type Course } from '../course/course.ts';
import { chooseExercises } from '../course/select.ts';
import { messageOf } from '../errors.ts';
import { currentExercise } from '../learn/current.ts';
import { readProgress, type Progress } from '../learn/progress-file.ts';
import { pageName, writeLessons, type ExerciseStatus } from '../lesson/pages.ts';
import { exiting } from './exit.ts';
import { complain, say } from './print.ts';

export const open = new Command('open')
  .description('make pages of the lessons and open one in your browser')
  .argument('[id]', 'an exercise by number or id; without it, the one where you are')
  .option('--no-browser', 'open nothing')
  .option('--site <dir>', 'write the whole course there as a site to publish, and open nothing')
  .action(
    exiting(async (id: string | undefined, { site, browser }: { site?: string; browser: boolean }) => {
      const course = readCourse();
      if (site !== undefined) {
        say(await writeLessons({ course, out: site }));
        return 0;
      }
      if (id !== undefined) chooseExercises(course, [id]); // a wrong one is said before any page is made
      const progress = readProgress(course.root);
      await writeMyLessons(course, progress);
      const page = join(lessonsFolder(course), pageName(currentExercise(course, progress, id)));
      say(relative(process.cwd(), page));
      if (process.stdout.isTTY && browser) openInBrowser(page, complain);
      return 0;
    }),
  );

/** Where a learner's pages are. */
export const lessonsFolder = ({ root }: Course): string => join(root, 'reports/out/lessons');

/** Writes a learner's lessons with what they have done; answers the folder. */
export async function writeMyLessons(course: Course, { passed, hints }: Progress): Promise<string> {
  const status: Record<string, ExerciseStatus> = Object.fromEntries(
    course.exercises.map(({ id }) => [id, { passed: passed[id], hintsOpened: hints[id] ?? 0 }]),
  );
  await writeLessons({ course, out: lessonsFolder(course), status });
  return lessonsFolder(course);
}

/** Opens a page with whatever the system opens pages with; where it cannot, that is said and the path is enough. */
export function openInBrowser(page: string, onFailure: (sentence: string) => void): void {
  const [command, ...words] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? ['xdg-open'];
  const child = spawn(command as string, [...words, page], { stdio: 'ignore', detached: true });
  const say = (why: string) => onFailure(`no browser could be opened (${why}); open the page yourself: ${page}`);
  child.once('error', (error) => say(messageOf(error)));
  child.once('exit', (code) => code !== 0 && code !== null && say(`${String(command)} ended with ${code}`));
  child.unref();
}
