import { mkdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';

import type { Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { stubPaths } from '../course/places.ts';
import { readPristine } from '../course/stubs.ts';
import { writeWhole } from '../files.ts';

/** Puts an exercise's files back as they were at the beginning. Answers where those that were changed are kept, relative to the course. */
export async function resetExercise(course: Course, exercise: Exercise, now = new Date()): Promise<string[]> {
  const pristine = readPristine(course, exercise);
  const folder = join(course.root, '.unroll/kept');
  const kept: string[] = [];
  for (const path of stubPaths(exercise)) {
    const stub = pristine[basename(path)] as string;
    const text = await readIfThere(path);
    if (text === stub) continue;
    if (text !== undefined) {
      await mkdir(folder, { recursive: true });
      const copy = join(folder, `${exercise.id}-${now.toISOString().replaceAll(/[:.]/g, '-')}-${basename(path)}`);
      kept.push(relative(course.root, await writeWhole(copy, text)));
    }
    await writeWhole(path, stub);
  }
  return kept;
}

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** One sentence on what was done. */
export function describeReset({ id }: Exercise, kept: readonly string[]): string {
  return kept.length === 0
    ? `${id} is as it was at the beginning`
    : `${id} is as it was at the beginning; yours is kept in ${kept.join(', ')}`;
}
