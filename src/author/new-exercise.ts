import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Handlebars from 'handlebars';
import { stringify } from 'yaml';

import { addToCourse } from '../course/course-file.ts';
import { readCourse, readExercise } from '../course/course.ts';
import { exerciseId } from '../course/exercise.ts';
import { kitRoot } from '../course/places.ts';
import { writePristine } from '../course/stubs.ts';
import { UserError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { writeTable } from './lesson-table.ts';

export interface NewExercise {
  /** Such as `24-gated-loops`. */
  readonly id: string;
  /** Made from the id where none is named. */
  readonly title?: string | undefined;
  /** Title of its unit in course.yaml; the last one where none is named. */
  readonly unit?: string | undefined;
}

const templates = join(import.meta.dirname, 'new-exercise');

/** Makes the files of an unfinished exercise that works already, and lists it in course.yaml. Returns the paths of what it wrote. */
export async function createExercise({ id, title, unit }: NewExercise, root = kitRoot): Promise<string[]> {
  refuseName(id, root);
  readCourse(root); // whose mistakes come first
  const course = addToCourse(join(root, 'course.yaml'), id, unit); // before anything is written: the unit may be unknown
  const [number, ...words] = id.split('-') as [string, ...string[]];
  const name = words.join('-');
  const shown = title ?? capitalise(words.join(' '));
  const type = words.map(capitalise).join('');
  const pass = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  const yamlTitle = stringify(shown, { singleQuote: true, lineWidth: 0 }).trim();
  const facts = { id, name, type, pass, yamlTitle, heading: `${number} ${shown}` };
  const [folder, solutions] = [join(root, 'exercises', id), join(root, 'solutions', id)];
  const files = {
    'exercise.yaml': join(folder, 'exercise.yaml'),
    'README.md': join(folder, 'README.md'),
    'stub.ts': join(folder, `${name}.ts`),
    'test.ts': join(folder, `${name}.test.ts`),
    'oracle.ts': join(folder, 'oracle.ts'),
    'solution.ts': join(solutions, `${name}.ts`),
  };
  for (const [template, path] of Object.entries(files)) await writeWhole(path, render(template, facts));
  await writeTable(readExercise(folder));
  const stubs = await writePristine({ root }, [readExercise(folder)]);
  await writeWhole(course.path, course.text);
  return [...Object.values(files), stubs, course.path];
}

/** Throws `UserError` where an exercise cannot be called so, or its number is taken. */
function refuseName(id: string, root: string): void {
  if (!exerciseId.safeParse(id).success || !/^\d\d-[a-z]/.test(id))
    throw new UserError(`${id} is no name for an exercise: use two digits and words joined by hyphens, such as 24-gated-loops`);
  const folders = ['exercises', 'solutions'].flatMap((part) => readdirSync(join(root, part)));
  const taken = folders.find((name) => name.startsWith(id.slice(0, '00-'.length)));
  if (taken !== undefined) throw new UserError(`the number of ${id} is taken by ${taken}: numbers are never reused`);
}

function render(template: string, facts: object): string {
  const text = readFileSync(join(templates, `${template}.hbs`), 'utf8');
  return Handlebars.compile(text, { noEscape: true /* it is no HTML */, strict: true })(facts);
}

const capitalise = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
