import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { readCourse } from '../course/course.ts';
import { writePristine } from '../course/stubs.ts';
import { findFaults, findPlaceholders, refuseUnknownSolutions } from './faults.ts';
import { withTable } from './lesson-table.ts';

let root: string;
const facts = { given: ['given.ts'], mutants: { 'keeps-all': { killer: 'values', when: 'it keeps all' } } };
const exercise = () => makeExercise({ ...facts, folder: join(root, 'exercises/07-doubling') });
const lesson = withTable('# 07 Doubling\n\n<!-- checks -->\n<!-- /checks -->\n', makeExercise())!;

function put(path: string, text = 'export {};'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'unroll-faults-'));
  for (const name of ['exercise.yaml', 'doubling.ts', 'given.ts', 'oracle.ts', 'doubling.test.ts', 'mutants/keeps-all.ts', 'lab/inputs.ts'])
    put(`exercises/07-doubling/${name}`);
  put('exercises/07-doubling/README.md', lesson);
  put('exercises/07-doubling/figures.ts', 'export const figures = { curve: () => 0 };');
  put('exercises/07-doubling/curve.svg');
  put('solutions/07-doubling/doubling.ts');
  await writePristine({ root }, [exercise()]);
});
afterEach(() => rmSync(root, { recursive: true }));

test('the files of an exercise are known', async () => {
  expect(await findFaults(exercise())).toEqual([]);
});

describe('a fault is', () => {
  test.for<[string, string, string]>([
    [
      'a file beside the learner’s',
      'exercises/07-doubling/inputs.ts',
      'inputs.ts is unknown: name it in exercise.yaml, or move it to lab/',
    ],
    ['the test of another exercise', 'exercises/07-doubling/halving.test.ts', 'halving.test.ts is unknown'],
    ['a mutant that exercise.yaml does not name', 'exercises/07-doubling/mutants/other.ts', 'mutants/other.ts is unknown: exercise.yaml'],
    ['a picture that nobody draws', 'exercises/07-doubling/other.svg', 'other.svg is unknown: figures.ts draws each picture'],
    ['a solution’s copy of a given file', 'solutions/07-doubling/given.ts', 'solutions/07-doubling/given.ts is unknown: only doubling.ts'],
  ])('%s', async ([, path, words]) => {
    put(path);
    expect(await findFaults(exercise())).toEqual([expect.stringContaining(words)]);
  });

  test('a link, which is no file of an exercise', async () => {
    symlinkSync('oracle.ts', join(root, 'exercises/07-doubling/link.ts'));
    expect(await findFaults(exercise())).toEqual([expect.stringContaining('link.ts is unknown')]);
  });

  test('a stub that is not what a reset would put back, or that none would', async () => {
    put('exercises/07-doubling/doubling.ts', 'export const other = 1;');
    const words = ['exercises/stubs.json is not what the stubs are: run course draw'];
    expect(await findFaults(exercise())).toEqual(words);
    rmSync(join(root, 'exercises/stubs.json'));
    expect(await findFaults(exercise())).toEqual(words);
  });

  test('a formula that cannot be read, and a lesson without a title', async () => {
    put('exercises/07-doubling/README.md', lesson.replace('# 07 Doubling', '# 07 Doubling\n\nTwice $\\frac{x$.'));
    expect(await findFaults(exercise())).toEqual(['README.md has a formula that cannot be read: \\frac{x']);
    put('exercises/07-doubling/README.md', lesson.replace('# 07 Doubling', ''));
    expect(await findFaults(exercise())).toEqual([expect.stringContaining('README.md does not begin with its title')]);
  });

  test('a picture that was not drawn', async () => {
    rmSync(join(root, 'exercises/07-doubling/curve.svg'));
    expect(await findFaults(exercise())).toEqual(['curve.svg is missing: run course draw']);
  });

  test('a lesson whose table of checks is another one', async () => {
    put('exercises/07-doubling/README.md', lesson.replace('values', 'value'));
    expect(await findFaults(exercise())).toEqual([expect.stringContaining('is not what exercise.yaml gives')]);
  });

  test('a folder of solutions that belongs to no exercise', () => {
    const course = { title: 'A course', root, exercises: [exercise()] };
    expect(() => refuseUnknownSolutions(course)).not.toThrow();
    put('solutions/09-tripling/tripling.ts');
    expect(() => refuseUnknownSolutions(course)).toThrow(/solutions\/09-tripling belongs to no exercise/);
  });
});

test('words that wait for the author are found with their lines', () => {
  expect(findPlaceholders(exercise())).toEqual([]);
  put('exercises/07-doubling/oracle.ts', "export const one = 1;\nexport const when = 'TODO';\n");
  expect(findPlaceholders(exercise())).toEqual(['oracle.ts:2 still says TODO']);
});

test.for(readCourse(undefined, { unfinished: true }).exercises)(
  'the files of $id are all known, and its lesson has its table',
  async (exercise) => {
    expect(await findFaults(exercise)).toEqual([]);
  },
);
