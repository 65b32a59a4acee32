import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import { makeGradebook, makeStudent } from '../../test/support/sample.ts';
import { makeClass, makeVariedResult } from '../../test/support/sample-class.ts';
import { writeClass, writeCohortReport, writeIndex, writeStudentReport } from './write.ts';

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
  const path = await writeClass(makeClass(4), folder);
  const links = Array.from((await readFile(path, 'utf8')).matchAll(/href="\.\/([^"]+)"/g), ([, href = '']) => decodeURIComponent(href));
  expect(links).toHaveLength(4);
  for (const link of links) expect(await readFile(join(folder, link), 'utf8')).toContain('<!doctype html>');
});

test('a gradebook cannot make the kit write outside its folder', async () => {
  for (const outside of ['../evil', '/tmp/evil', 'a/../../evil']) {
    const gradebook = makeGradebook([makeStudent(makeVariedResult('Mallory'), outside)]);
    await expect(writeClass(gradebook, join(folder, 'in'))).rejects.toThrow(UserError);
  }
  expect(await readdir(folder)).toEqual([]);
});
