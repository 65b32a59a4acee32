import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { UserError } from '../errors.ts';
import { exerciseId, exerciseSchema, type Exercise } from './exercise.ts';
import { kitRoot } from './places.ts';
import { readYaml } from './yaml-file.ts';

const courseSchema = z.strictObject({
  format: z.literal(1),
  title: z.string().trim().min(1),
  units: z.array(z.strictObject({ title: z.string().trim().min(1), exercises: z.array(exerciseId).min(1) })).min(1),
});

export interface Course {
  readonly title: string;
  /** Absolute path of the folder that holds course.yaml. */
  readonly root: string;
  /** In the order of the syllabus. */
  readonly exercises: readonly Exercise[];
}

/**
 * Reads a whole course, with its unfinished exercises where an author asks for them, and with learner's files that are gone where they are to come
 * back; throws `UserError` naming every mistake of the first wrong file.
 */
export function readCourse(root = kitRoot, { unfinished = false, lost = false } = {}): Course {
  const path = join(root, 'course.yaml');
  const { title, units } = readYaml(path, courseSchema);
  const exercises = units.flatMap((unit) => unit.exercises.map((id) => readExercise(join(root, 'exercises', id), unit.title, { lost })));
  const listed = new Set(exercises.map((exercise) => exercise.id));
  const twice = exercises.find(({ id }, index) => exercises.findIndex((other) => other.id === id) < index);
  if (twice !== undefined) throw new UserError(`${path}: ${twice.id} is listed twice; its points would count twice`);
  const unlisted = readdirSync(join(root, 'exercises'), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !listed.has(entry.name),
  );
  if (unlisted.length > 0) throw new UserError(`${path}: exercises/${unlisted[0]?.name} is in no unit; add it to one or delete the folder`);
  return { title, root, exercises: exercises.filter((exercise) => unfinished || !exercise.unfinished) };
}

/** Reads one exercise's folder. */
export function readExercise(folder: string, unit = '', { lost = false } = {}): Exercise {
  const path = join(folder, 'exercise.yaml');
  const file = readYaml(path, exerciseSchema);
  if (!folder.endsWith(`/${file.id}`) && !folder.endsWith(`\\${file.id}`))
    throw new UserError(`${path}:1: the id ${file.id} must be the name of its folder`);
  const gone = file.files.find((name) => !lost && !existsSync(join(folder, name)));
  if (gone !== undefined)
    throw new UserError(`${join(folder, gone)} is missing; \`npx unroll reset ${file.id}\` puts it back as it was at the beginning`);
  const missing = ['README.md', ...file.given, ...Object.keys(file.mutants).map((id) => `mutants/${id}.ts`)].find(
    (name) => !existsSync(join(folder, name)),
  );
  if (missing !== undefined) throw new UserError(`${path}: ${missing} is missing from the folder`);
  const twice = file.given.find((name) => file.files.includes(name));
  if (twice !== undefined) throw new UserError(`${path}: ${twice} is either given or the learner's, not both`);
  const unkilled = Object.entries(file.mutants).find(([, { killer }]) => !(killer in file.checks));
  if (unkilled !== undefined) throw new UserError(`${path}: the killer of the mutant ${unkilled[0]} is no check of this exercise`);
  return { ...file, unit, folder };
}
