import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeGradebook, makeStudent } from '../../test/support/sample.ts';
import { makeClass, makeVariedResult } from '../../test/support/sample-class.ts';
import { placeReports } from './place-reports.ts';
import { writeClass, writeCohortReport, writeIndex, writeStudentReport } from './write.ts';

const quiet = {
  complain: (sentence: string) => {
    throw new Error(sentence);
  },
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('each page is written under its name, in a folder that need not exist, and its path returned', async () => {
  const inner = join(folder, 'a', 'b');
  expect(await writeStudentReport(makeVariedResult(), inner)).toBe(join(inner, 'report.html'));
  expect(await writeCohortReport(makeClass(3), inner)).toBe(join(inner, 'cohort.html'));
  expect(await writeIndex(makeClass(3), inner)).toBe(join(inner, 'index.html'));
  expect((await readdir(inner)).toSorted()).toEqual(['cohort.html', 'index.html', 'report.html']);
});

test('an older page is replaced, and a failed write leaves no draft', async () => {
  await writeFile(join(folder, 'report.html'), 'old');
  await writeStudentReport(makeVariedResult('New'), folder);
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('Report of New');
  await mkdir(join(folder, 'cohort.html'));
  await expect(writeCohortReport(makeClass(2), folder)).rejects.toThrow();
  expect((await readdir(folder)).toSorted()).toEqual(['cohort.html', 'report.html']);
});

test('a class is a report for each graded student, the cohort page and a start page whose links all lead somewhere', async () => {
  const path = await writeClass(makeClass(4), folder, quiet);
  const links = Array.from((await readFile(path, 'utf8')).matchAll(/href="\.\/([^"]+)"/g), ([, href = '']) => decodeURIComponent(href));
  expect(links).toHaveLength(4);
  for (const link of links) expect(await readFile(join(folder, link), 'utf8')).toContain('<!doctype html>');
});

const evil = [
  '../evil',
  '/tmp/evil',
  'a/../../evil',
  '..',
  'b\\..\\x',
  'C:\\x',
  'C:x',
  '\\\\host\\share',
  '',
  '.',
  'a\0b',
  '\ud800',
  '\u001b[2J',
  'a\nb',
];
const clashing = [
  'gradebook.json',
  'Cohort.html',
  'index.html',
  'ada',
  'ADA',
  'ada/',
  'x/report.html',
  'con',
  'é'.repeat(128),
  '__proto__',
  'Zo\u00eb',
  'Zoe\u0308',
];

test('whatever folder a gradebook names, every page is written below its own folder, and every link leads to one', async () => {
  const students = [...evil, ...clashing].map((name) => makeStudent(makeVariedResult('Mallory'), name));
  const inner = join(folder, 'in');
  await writeFile(join(folder, 'gradebook.json'), 'kept');
  const page = await readFile(await writeClass(makeGradebook(students), inner, quiet), 'utf8');
  expect((await readdir(folder)).toSorted()).toEqual(['gradebook.json', 'in']);
  const links = Array.from(page.matchAll(/href="\.\/([^"]+)"/g), ([, href = '']) => decodeURIComponent(href));
  expect(new Set(links).size).toBe(students.length + 1);
  for (const link of links) expect(await readFile(join(inner, link), 'utf8')).toContain('<!doctype html>');
  expect((await readdir(inner)).toSorted()).toEqual(['Zo\u00eb', '__proto__', 'ada', 'cohort.html', 'index.html', 'students']);
});

test('a folder that an older gradebook names plainly is kept', () => {
  const gradebook = makeGradebook(['ada', 'Zoë Müller', '王小明', 'students/003-bo'].map((name) => makeStudent(makeVariedResult(), name)));
  expect(placeReports(gradebook)).toEqual(gradebook);
});

test('a report that cannot be drawn costs its own page, which says so, and is complained of in one sentence', async () => {
  const broken = { ...makeVariedResult('Mallory'), startedAt: 'never' };
  const said: string[] = [];
  const students = [makeStudent(broken, 'students/001-mallory'), makeStudent(makeVariedResult('Ada'), 'students/002-ada')];
  const start = await writeClass(makeGradebook(students), folder, { complain: (sentence) => said.push(sentence) });
  expect(said).toEqual(['The report in students/001-mallory could not be drawn; result.json beside it has all that was found.']);
  expect(await readFile(join(folder, 'students/001-mallory/report.html'), 'utf8')).toMatch(/Report of Mallory[\s\S]*could not be drawn/);
  expect(await readFile(join(folder, 'students/002-ada/report.html'), 'utf8')).toContain('Report of Ada');
  expect(await readFile(start, 'utf8')).toContain('002-ada');
});
