import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { readCourse } from '../course/course.ts';
import { kitRoot } from '../course/places.ts';
import type { DeviceReport } from '../result/device.ts';
import { CheckRunner } from '../run/run-checks.ts';
import { checkExercises } from './course-check.ts';
import { createExercise } from './new-exercise.ts';

const device: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: null, reason: 'a test' };
const id = '24-gated-loops';
let root: string;
const at = (path: string) => join(root, path);
const read = (path: string) => readFileSync(at(path), 'utf8');

// A course of the warm-up alone, with the kit's own sources and packages.
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'unroll-new-'))); // vitest calls files by their real names
  for (const part of ['exercises', 'solutions']) cpSync(join(kitRoot, part, '00-warm-up'), at(`${part}/00-warm-up`), { recursive: true });
  for (const name of ['src', 'node_modules', 'package.json']) symlinkSync(join(kitRoot, name), at(name));
  writeFileSync(at('course.yaml'), "format: 1 # the first\ntitle: A course\nunits:\n  - title: 'One: all'\n    exercises: [00-warm-up]\n");
});
afterEach(() => rmSync(root, { recursive: true }));

test('a new exercise is unfinished, in the unit named, and everything else of course.yaml stays', async () => {
  const before = read('course.yaml');
  const made = await createExercise({ id, title: "It's gated: all of it", unit: 'One: all' }, root);
  expect(made.map((path) => relative(root, path))).toEqual([
    'exercises/24-gated-loops/exercise.yaml',
    'exercises/24-gated-loops/README.md',
    'exercises/24-gated-loops/gated-loops.ts',
    'exercises/24-gated-loops/gated-loops.test.ts',
    'exercises/24-gated-loops/oracle.ts',
    'solutions/24-gated-loops/gated-loops.ts',
    'exercises/stubs.json',
    'course.yaml',
  ]);
  expect(read('course.yaml')).toBe(before.replace('[00-warm-up]', '[00-warm-up, 24-gated-loops]'));
  expect(readCourse(root).exercises.map((exercise) => exercise.id)).toEqual(['00-warm-up']);
  expect(readCourse(root, { unfinished: true }).exercises[1]).toMatchObject({ id, title: "It's gated: all of it", unfinished: true });
  expect(read(`exercises/${id}/README.md`)).toMatch(/^# 24 It's gated: all of it\n/);
});

test.for<[string, { id: string; unit?: string }, RegExp]>([
  ['a name without a number', { id: 'gated-loops' }, /^gated-loops is no name for an exercise: .*such as 24-gated-loops$/],
  ['a name that leads elsewhere', { id: '24-../loops' }, /is no name for an exercise/],
  ['a name that cannot begin a function', { id: '24-2d-loops' }, /is no name for an exercise/],
  ['a number that is taken', { id: '00-again' }, /^the number of 00-again is taken by 00-warm-up: numbers are never reused$/],
  ['an exercise that is there', { id: '00-warm-up' }, /is taken by 00-warm-up/],
  ['a unit that is not there', { id, unit: 'Two' }, /^there is no unit "Two"; the course has "One: all"$/],
])('%s is refused in one sentence, and nothing is written', async ([, wanted, words]) => {
  const before = read('course.yaml');
  await expect(createExercise(wanted, root)).rejects.toMatchObject({ name: 'UserError', message: expect.stringMatching(words) });
  expect(read('course.yaml')).toBe(before);
  expect(existsSync(at(`exercises/${id}`))).toBe(false);
});

test(
  'for real: it passes course check as unfinished, and without that line it is told what it still needs',
  { timeout: 240_000 /* ms: two proofs on a busy machine */ },
  async () => {
    await createExercise({ id }, root);
    const runner = await CheckRunner.start(undefined, root);
    const check = async () => {
      const exercises = readCourse(root, { unfinished: true }).exercises.filter((exercise) => exercise.id === id);
      return (await checkExercises(runner, exercises, device, 'seed')).proofs[0]!;
    };
    const begun = await check();
    const yaml = read(`exercises/${id}/exercise.yaml`);
    writeFileSync(at(`exercises/${id}/exercise.yaml`), yaml.replace(/^unfinished: .*/m, '')); // every line keeps its number
    const declared = await check();
    await runner.close();

    const still = (file: string) => expect.stringMatching(new RegExp(`^${file}:\\d+ still says TODO$`));
    const survivors = ['second-one', 'third-one'].map((misconception) => `misconception:${misconception}: survives every check`);
    expect(begun.problems).toEqual([]);
    expect(begun.todo).toEqual(expect.arrayContaining([still('README.md'), still('exercise.yaml'), still('oracle.ts'), ...survivors]));
    expect(declared).toMatchObject({ problems: begun.todo, todo: [] });
    expect(begun.rows.find(({ variant }) => variant === 'solution')?.marks).toEqual(
      Object.fromEntries(Object.keys(begun.exercise.checks).map((check) => [check, 'pass'])),
    );
  },
);
