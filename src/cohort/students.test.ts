import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { UserError } from '../errors.ts';
import { readStudents } from './students.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-cohort-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a cohort is one folder a student, in an order that is the same on every machine', () => {
  for (const name of ['zoe', 'Ada', 'émile', 'bo', '10', '9']) mkdirSync(join(folder, name));
  const students = readStudents(folder);
  expect(students.map(({ name }) => name)).toEqual(['10', '9', 'Ada', 'bo', 'zoe', 'émile']);
  expect(students[2]).toEqual({ name: 'Ada', folder: join(folder, 'Ada') });
});

test('files, hidden folders and links are no students', () => {
  mkdirSync(join(folder, 'ada'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'notes.txt'), '');
  symlinkSync(join(folder, 'ada'), join(folder, 'bo'));
  expect(readStudents(folder).map(({ name }) => name)).toEqual(['ada']);
});

test.for<[string, (folder: string) => string, RegExp]>([
  ['an empty folder', (path) => path, /holds no submissions/],
  ['a folder that is not there', (path) => join(path, 'nowhere'), /there is no folder .*nowhere/],
  ['a file', () => import.meta.filename, /there is no folder/],
])('%s is the user’s to mend', ([, at, words]) => {
  expect(() => readStudents(at(folder))).toThrow(UserError);
  expect(() => readStudents(at(folder))).toThrow(words);
});
