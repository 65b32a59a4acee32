import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { z } from 'zod';

import { messageOf, UserError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import type { Course } from './course.ts';
import type { Exercise } from './exercise.ts';
import { stubPaths } from './places.ts';

/** The learner's files as they are at the beginning: exercises/stubs.json keeps them, for learners write over the stubs themselves. */

const stubsSchema = z.record(z.string(), z.record(z.string(), z.string()));
export type StubFiles = Readonly<Record<string, string>>;

const stubsPath = (root: string) => join(root, 'exercises/stubs.json');

/** The files of one exercise at the beginning, by name. Throws `UserError` where the course has lost them. */
export function readPristine(course: Pick<Course, 'root'>, exercise: Pick<Exercise, 'id'>): StubFiles {
  const found = findPristine(course, exercise);
  if (found === undefined)
    throw new UserError(`${stubsPath(course.root)} has no ${exercise.id}; get the file again from where you got the course`);
  return found;
}

/** The same; undefined where nobody has written them yet. */
export const findPristine = ({ root }: Pick<Course, 'root'>, { id }: Pick<Exercise, 'id'>): StubFiles | undefined => readStubs(root)[id];

/** The stubs as they stand in the folders now. */
export function readStubFiles(exercise: Exercise): StubFiles {
  return Object.fromEntries(stubPaths(exercise).map((path) => [basename(path), readFileSync(path, 'utf8')]));
}

/** Writes the stubs of these exercises as the beginning, and leaves those of others as they are. Returns the path. */
export async function writePristine({ root }: Pick<Course, 'root'>, exercises: readonly Exercise[]): Promise<string> {
  const fresh = Object.fromEntries(exercises.map((exercise) => [exercise.id, readStubFiles(exercise)]));
  const all = Object.entries({ ...readStubs(root), ...fresh }).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return writeWhole(stubsPath(root), `${JSON.stringify(Object.fromEntries(all), null, 1)}\n`);
}

function readStubs(root: string): z.infer<typeof stubsSchema> {
  const path = stubsPath(root);
  if (!existsSync(path)) return {};
  try {
    return stubsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const why = messageOf(cause).split('\n')[0];
    throw new UserError(`${path} cannot be read (${why}); get the file again from where you got the course`, { cause });
  }
}
