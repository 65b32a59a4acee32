import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import type { Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { kitRoot, solutionPaths, stubPaths } from '../course/places.ts';
import { UserError } from '../errors.ts';
import type { Errands } from '../learn/controls.ts';
import { openInEditor } from '../learn/editor.ts';
import { readProgress } from '../learn/progress-file.ts';
import { pageName } from '../lesson/pages.ts';
import { lessonsFolder, openInBrowser, writeMyLessons } from './open.ts';
import { describeReset, resetExercise } from '../learn/reset.ts';
import { compareWithSolution, type Text } from '../learn/panels.ts';

/** What the keys of `watch` ask of other commands, which run as processes of their own: they are heavy, and a save may end them. */
export function makeErrands(course: Course, editor: string | undefined, onTrouble: (error: unknown) => void): Errands {
  return {
    race: async ({ id, title }, signal) => ({ title: `The race of ${title}`, lines: await runCommand(['race', id], course, signal) }),
    checkAll: async (signal) => ({
      title: 'All exercises, without races',
      lines: await runCommand(['grade', course.root, '--no-races'], course, signal),
    }),
    openLesson: async (exercise) => {
      const page = join(await writeMyLessons(course, readProgress(course.root)), pageName(exercise));
      openInBrowser(page, (sentence) => onTrouble(new UserError(sentence)));
      return `the lesson is ${relative(process.cwd(), page)}`;
    },
    solution: (exercise) => readSolution(exercise),
    edit: (exercise) => {
      if (editor === undefined) return;
      openInEditor(editor, stubPaths(exercise)[0] as string, (message) => onTrouble(new UserError(message)));
    },
    reset: async (exercise) => describeReset(exercise, await resetExercise(course, exercise)),
  };
}

/** Writes the learner's lessons again, where they are, in a process that leaves the checks their time. One at a time: the last has it all. */
export class LessonsAgain {
  readonly #course: Course;
  #running: ChildProcess | undefined;
  #isWanted = false;

  constructor(course: Course) {
    this.#course = course;
  }

  start(): void {
    if (!existsSync(lessonsFolder(this.#course))) return;
    if (this.#running !== undefined) {
      this.#isWanted = true;
      return;
    }
    const child = spawn(process.execPath, [unroll, 'open', '--no-browser'], { cwd: this.#course.root, stdio: 'ignore' });
    this.#running = child;
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    child.once('exit', () => {
      this.#running = undefined;
      const again = this.#isWanted;
      this.#isWanted = false;
      if (again) this.start();
    });
  }

  close(): void {
    this.#running?.kill();
  }
}

function readSolution(exercise: Exercise): Text | undefined {
  const paths = solutionPaths(exercise);
  if (!paths.every((path) => existsSync(path))) return undefined;
  const read = (path: string) => ({ name: basename(path), text: readFileSync(path, 'utf8') });
  return compareWithSolution(exercise, stubPaths(exercise).map(read), paths.map(read));
}

const unroll = join(kitRoot, 'src/cli/unroll.js');
const mostPrinted = 2 ** 22; // bytes

/** What another command of the kit prints, line by line; it says itself what went wrong. Throws where it could not run at all. */
function runCommand(words: readonly string[], { root }: Course, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [unroll, ...words], { cwd: root, signal, maxBuffer: mostPrinted }, (error, stdout, stderr) => {
      const said = stripVTControlCharacters(stdout.trim() === '' ? stderr : stdout).trimEnd();
      if (said === '' && error !== null) reject(error);
      else resolve(said.split('\n'));
    });
  });
}
