import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';

import { UserError } from '../errors.ts';
import { chooseExercises } from './select.ts';
import { readCourse, readExercise } from './course.ts';
import { exerciseFile } from '../../test/support/exercise.ts';
import { solutionPaths, stubPaths } from './places.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unroll-course-'));
  for (const id of ['07-doubling', '08-halving']) addExercise(id);
  listExercises(['08-halving'], ['07-doubling']);
});
afterEach(() => rmSync(root, { recursive: true }));

function addExercise(id: string, file: object = { ...exerciseFile, id }): string {
  const folder = join(root, 'exercises', id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'exercise.yaml'), stringify(file));
  for (const name of ['README.md', 'doubling.ts']) writeFileSync(join(folder, name), '');
  return folder;
}

function listExercises(...units: string[][]): void {
  const course = { format: 1, title: 'A course', units: units.map((exercises, index) => ({ title: `Unit ${index + 1}`, exercises })) };
  writeFileSync(join(root, 'course.yaml'), stringify(course));
}

describe('readCourse', () => {
  test('gives the exercises in the order of the syllabus, each with its unit', () => {
    const { title, exercises } = readCourse(root);
    expect(title).toBe('A course');
    expect(exercises.map(({ id, unit }) => [id, unit])).toEqual([
      ['08-halving', 'Unit 1'],
      ['07-doubling', 'Unit 2'],
    ]);
    expect(exercises.map(({ folder }) => existsSync(join(folder, 'exercise.yaml')))).toEqual([true, true]);
  });

  test('the course of the kit is right, and every exercise has a stub and a solution', () => {
    const { exercises } = readCourse();
    expect(exercises.length).toBeGreaterThan(0);
    const paths = exercises.flatMap((exercise) => [...stubPaths(exercise), ...solutionPaths(exercise)]);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('leaves out what is unfinished, unless an author asks for it', () => {
    addExercise('07-doubling', { ...exerciseFile, unfinished: true });
    expect(readCourse(root).exercises.map(({ id }) => id)).toEqual(['08-halving']);
    expect(readCourse(root, { unfinished: true }).exercises.map(({ id }) => id)).toEqual(['08-halving', '07-doubling']);
    expect(() => chooseExercises(readCourse(root), ['07'])).toThrow(/no exercise 07/);
  });

  test.for<[string, string[][], RegExp]>([
    ['a folder that is in no unit', [['07-doubling']], /08-halving is in no unit/],
    ['an exercise that is not there', [['07-doubling', '08-halving', '09-tripling']], /09-tripling.*cannot be read/],
    ['an exercise listed twice', [['07-doubling', '08-halving'], ['07-doubling']], /07-doubling is listed twice/],
    ['a unit without exercises', [['07-doubling', '08-halving'], []], /course\.yaml:\d+: units\.1\.exercises/],
  ])('%s is a mistake', ([, units, words]) => {
    listExercises(...units);
    expect(() => readCourse(root)).toThrow(UserError);
    expect(() => readCourse(root)).toThrow(words);
  });
});

describe('readExercise', () => {
  test('an id that is not the name of its folder is a mistake', () => {
    const folder = addExercise('09-tripling', { ...exerciseFile, id: '07-doubling' });
    expect(() => readExercise(folder)).toThrow(/id 07-doubling must be the name of its folder/);
  });

  test.for(['README.md', 'doubling.ts'])('a missing %s is a mistake', (name) => {
    const folder = join(root, 'exercises/07-doubling');
    rmSync(join(folder, name));
    expect(() => readExercise(folder)).toThrow(new RegExp(`${name} is missing`));
  });

  test('a mutant needs its file, and a check that must notice it', () => {
    const mutants = (killer: string) => ({ ...exerciseFile, mutants: { 'keeps-all': { killer, when: 'it keeps all' } } });
    expect(() => readExercise(addExercise('07-doubling', mutants('values')))).toThrow(/mutants\/keeps-all\.ts is missing/);
    mkdirSync(join(root, 'exercises/07-doubling/mutants'));
    writeFileSync(join(root, 'exercises/07-doubling/mutants/keeps-all.ts'), '');
    expect(readExercise(join(root, 'exercises/07-doubling')).mutants).toHaveProperty('keeps-all');
    expect(() => readExercise(addExercise('07-doubling', mutants('nobody')))).toThrow(/killer of the mutant keeps-all is no check/);
  });

  test('a given file must be there, and is not the learner’s', () => {
    expect(() => readExercise(addExercise('07-doubling', { ...exerciseFile, given: ['given.ts'] }))).toThrow(/given\.ts is missing/);
    expect(() => readExercise(addExercise('07-doubling', { ...exerciseFile, given: ['doubling.ts'] }))).toThrow(
      /doubling\.ts is either given or the learner's, not both/,
    );
  });

  test('a mistake in the file is told with its line', () => {
    const folder = addExercise('07-doubling', { ...exerciseFile, hints: ['one'] });
    expect(() => readExercise(folder)).toThrow(/exercise\.yaml:\d+: hints: needs exactly three hints/);
  });
});

describe('chooseExercises', () => {
  const chosen = (...wanted: string[]) => chooseExercises(readCourse(root), wanted).map(({ id }) => id);

  test.for<[string[], string[]]>([
    [[], ['08-halving', '07-doubling']],
    [['07'], ['07-doubling']],
    [
      ['07-doubling', '08'],
      ['07-doubling', '08-halving'],
    ],
    [['07', '07-doubling'], ['07-doubling']], // once, or its points would count twice
  ])('%j is %j', ([wanted, ids]) => {
    expect(chosen(...wanted)).toEqual(ids);
  });

  test.for(['0', '9', '07-doub', 'halving'])('%s is no exercise, and those there are get named', (name) => {
    expect(() => chosen(name)).toThrow(new RegExp(`no exercise ${name}; the course has 08-halving, 07-doubling`));
  });
});

test('a solution lies at the same relative path below solutions/', () => {
  const [exercise] = readCourse(root).exercises;
  expect(stubPaths(exercise!)).toEqual([join(root, 'exercises/08-halving/doubling.ts')]);
  expect(solutionPaths(exercise!)).toEqual([join(root, 'solutions/08-halving/doubling.ts')]);
});
