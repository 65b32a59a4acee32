import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import type { Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { findPristine, readStubFiles } from '../course/stubs.ts';
import { messageOf, UserError } from '../errors.ts';
import { renderLesson } from '../lesson/markdown.ts';
import type { Figures } from './figures.ts';
import { findTableFaults } from './lesson-table.ts';

/** What is wrong with the files of an exercise, without running one of its checks. */
export async function findFaults(exercise: Exercise): Promise<string[]> {
  const pictures = await namePictures(exercise);
  return [
    ...findUnknownFiles(exercise, pictures),
    ...pictures.filter((name) => !existsSync(join(exercise.folder, name))).map((name) => `${name} is missing: run course draw`),
    ...findTableFaults(exercise),
    ...findStubFaults(exercise),
    ...findLessonFaults(exercise),
  ];
}

/** What the page of a lesson could not show, such as a formula that cannot be read. */
function findLessonFaults({ folder, hints }: Exercise): string[] {
  const texts = { 'README.md': readFileSync(join(folder, 'README.md'), 'utf8'), 'a hint': `# Hints\n\n${hints.join('\n\n')}` };
  return Object.entries(texts).flatMap(([name, text]) => {
    try {
      renderLesson(text, { folder, name, linkTo: (href) => href }, (code) => code);
      return [];
    } catch (fault) {
      return [messageOf(fault)];
    }
  });
}

function findStubFaults(exercise: Exercise): string[] {
  const pristine = findPristine({ root: join(exercise.folder, '../..') }, exercise);
  return isDeepStrictEqual(pristine, readStubFiles(exercise)) ? [] : ['exercises/stubs.json is not what the stubs are: run course draw'];
}

/** Places where the words that `course new` left for the author still stand. */
export function findPlaceholders({ folder }: Exercise): string[] {
  return filesBelow(folder).flatMap((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    return lines.flatMap((line, index) => (line.includes(placeholder) ? [`${name}:${index + 1} still says ${placeholder}`] : []));
  });
}

const placeholder = 'TODO';

/** Throws `UserError` where a folder of solutions belongs to no exercise; readCourse has looked at the folders of exercises. */
export function refuseUnknownSolutions({ root, exercises }: Course): void {
  const folders = readdirSync(join(root, 'solutions'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const unknown = folders.find(({ name }) => !exercises.some(({ id }) => id === name));
  if (unknown !== undefined)
    throw new UserError(`solutions/${unknown.name} belongs to no exercise; delete the folder or list its exercise`);
}

function findUnknownFiles(exercise: Exercise, pictures: readonly string[]): string[] {
  const { id, folder, files, given, mutants } = exercise;
  const known = new Set([
    ...['README.md', 'exercise.yaml', 'oracle.ts', 'raced-input.ts', 'figures.ts', `${id.slice('00-'.length)}.test.ts`],
    ...[...files, ...given, ...pictures],
    ...Object.keys(mutants).map((mutant) => `mutants/${mutant}.ts`),
  ]);
  const unknown = filesBelow(folder).filter((name) => !known.has(name) && !name.startsWith('lab/'));
  const solutions = join(folder, '../../solutions', id);
  return [
    ...unknown.map((name) => `${name} is unknown: ${howToKnow(name)}`),
    ...filesBelow(solutions)
      .filter((name) => !files.includes(name))
      .map((name) => `solutions/${id}/${name} is unknown: only ${files.join(', ')} is solved`),
  ];
}

function howToKnow(name: string): string {
  if (name.startsWith('mutants/')) return 'exercise.yaml names each mutant, with the check that must notice';
  if (name.endsWith('.svg')) return 'figures.ts draws each picture, under its name';
  return `name it in exercise.yaml, or move it to lab/${basename(name)}`;
}

/** Names of the pictures that figures.ts draws. */
async function namePictures({ folder }: Exercise): Promise<string[]> {
  const file = join(folder, 'figures.ts');
  if (!existsSync(file)) return [];
  const { figures } = (await import(pathToFileURL(file).href)) as { figures: Figures };
  return Object.keys(figures).map((name) => `${name}.svg`);
}

/** Everything below a folder that is no folder itself, relative to it, with slashes. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .toSorted();
}
