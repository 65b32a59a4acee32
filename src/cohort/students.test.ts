import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { asNobody } from '../../test/support/nobody.ts';
import { UserError } from '../errors.ts';
import { pathIn } from '../grade/held-folder.ts';
import { readCohort } from './students.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-cohort-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const odd = [
  ...['gradebook.json', 'cohort.html', 'index.html', 'C:\\x', 'b\\..\\x', '...', '..x', '\u001b[2J', 'a\nb', '\u202Egpj', '__proto__'],
  ...['é'.repeat(127), 'Zo\u00eb', 'zoe\u0308', 'ZOË', '王小明', '-rf', ' ', 'con', '$(reboot)', '::error::x', '<script>'],
];
const bytes = Buffer.from([0x61, 0xff]);

test('a cohort is one folder a student, in an order that is the same on every machine, and has a numbered place for each', () => {
  for (const name of ['zoe', 'Ada', 'émile', 'bo', '10', '9']) mkdirSync(join(folder, name));
  const { students, notes } = readCohort(folder);
  expect(students.map(({ name }) => name)).toEqual(['10', '9', 'Ada', 'bo', 'zoe', 'émile']);
  expect(students[2]).toEqual({ name: 'Ada', folder: Buffer.from(join(folder, 'Ada')), home: 'students/003-ada' });
  expect(students[5]?.home).toBe('students/006-emile');
  expect(notes).toEqual([]);
});

test('whatever a student is called, the place is a number and plain letters, and each has its own', () => {
  for (const name of odd) mkdirSync(join(folder, name));
  mkdirSync(pathIn(Buffer.from(folder), bytes));
  const { students } = readCohort(folder);
  const visible = odd.filter((name) => !name.startsWith('.'));
  expect(students.map(({ name }) => name).toSorted()).toEqual([...visible, 'a[0xFF]'].toSorted());
  for (const { home } of students) expect(home).toMatch(/^students\/\d{3}(-[a-z0-9]+)*$/);
  expect(new Set(students.map(({ home }) => home)).size).toBe(students.length);
  for (const { folder: path } of students) expect(statSync(path).isDirectory()).toBe(true);
});

test('a link has a row of its own that says what to do; files and hidden folders are no students, and are noted', () => {
  mkdirSync(join(folder, 'ada'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, '.DS_Store'), '');
  writeFileSync(join(folder, 'notes.txt'), '');
  symlinkSync(join(folder, 'ada'), join(folder, 'bo'));
  const { students, notes } = readCohort(folder);
  expect(students.map(({ name, refused }) => [name, refused])).toEqual([
    ['ada', undefined],
    ['bo', 'the folder is a link, which is not followed; put the folder itself in its place'],
  ]);
  expect(notes).toEqual(['Not graded, because no folder or a hidden one: .git, notes.txt.']);
});

test('a folder that may not be listed is the user’s to mend', () => {
  mkdirSync(join(folder, 'ada'));
  mkdirSync(join(folder, 'closed'), { mode: 0o000 });
  expect(() => asNobody(folder, () => readCohort(join(folder, 'closed')))).toThrow(/closed cannot be read \(EACCES\)/);
  expect(asNobody(folder, () => readCohort(folder)).students).toHaveLength(2); // one of them ends as its own row
});

test.for<[string, (folder: string) => string, RegExp]>([
  ['an empty folder', (path) => path, /holds no submissions/],
  ['a folder that is not there', (path) => join(path, 'nowhere'), /there is no folder .*nowhere/],
  ['a file', () => import.meta.filename, /there is no folder/],
])('%s is the user’s to mend', ([, at, words]) => {
  expect(() => readCohort(at(folder))).toThrow(UserError);
  expect(() => readCohort(at(folder))).toThrow(words);
});
