import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { writePristine } from '../course/stubs.ts';
import { describeReset, resetExercise } from './reset.ts';

let root: string;
const course = () => ({ title: 'A course', root, exercises: [exercise()] });
const exercise = () => makeExercise({ folder: join(root, 'exercises/07-doubling') });
const path = () => join(root, 'exercises/07-doubling/doubling.ts');

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'unroll-reset-'));
  mkdirSync(join(root, 'exercises/07-doubling'), { recursive: true });
  writeFileSync(path(), 'the stub');
  await writePristine({ root }, [exercise()]);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the stub stands again, and every text that stood in its place is kept', async () => {
  writeFileSync(path(), 'first');
  const first = await resetExercise(course(), exercise(), new Date(0));
  writeFileSync(path(), 'second');
  const second = await resetExercise(course(), exercise(), new Date(1));
  expect(readFileSync(path(), 'utf8')).toBe('the stub');
  expect([...first, ...second].map((kept) => readFileSync(join(root, kept), 'utf8'))).toEqual(['first', 'second']);
  expect(describeReset(exercise(), first)).toBe(`07-doubling is as it was at the beginning; yours is kept in ${first[0]}`);
});

test('a stub is left alone, and a file that is gone comes back', async () => {
  expect(await resetExercise(course(), exercise())).toEqual([]);
  rmSync(path());
  expect(await resetExercise(course(), exercise())).toEqual([]);
  expect(readFileSync(path(), 'utf8')).toBe('the stub');
});

test('a course that has lost its stubs says so, and nothing is changed', async () => {
  writeFileSync(path(), 'mine');
  writeFileSync(join(root, 'exercises/stubs.json'), '{"07-doubling":');
  await expect(resetExercise(course(), exercise())).rejects.toThrow('stubs.json cannot be read');
  rmSync(join(root, 'exercises/stubs.json'));
  await expect(resetExercise(course(), exercise())).rejects.toThrow('stubs.json has no 07-doubling');
  expect(readFileSync(path(), 'utf8')).toBe('mine');
});
