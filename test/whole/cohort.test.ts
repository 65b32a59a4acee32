import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test, vi } from 'vitest';

import { gradebookSchema, resultSchema } from '../../src/result/result.ts';
import { onWasm, unroll } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-cohort-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (...names: readonly string[]) => join(folder, ...names);
const read = (...names: readonly string[]) => readFileSync(inFolder(...names), 'utf8');
const handIn = (cohort: string, student: string, sample: string) =>
  cpSync(join(import.meta.dirname, '../submissions', sample), inFolder(cohort, student), { recursive: true });

test('cohort grade writes a gradebook, its pages and a folder for each student; cohort report draws the pages again', async () => {
  handIn('class', 'ann', 'off-by-one-in-time');
  handIn('class', 'ben', 'transposed-weights');
  const { code } = await unroll(
    'cohort',
    'grade',
    inFolder('class'),
    '--trust-submissions',
    '--only',
    '02',
    ...onWasm,
    '--out',
    inFolder('book'),
  );
  expect(code).toBe(0); // everybody could be graded

  const { students } = gradebookSchema.parse(JSON.parse(read('book', 'gradebook.json')));
  expect(students.map(({ name }) => name)).toEqual(['ann', 'ben']);
  for (const { folder: home, outcome } of students)
    expect(outcome).toMatchObject({ status: 'graded', result: resultSchema.parse(JSON.parse(read('book', home, 'result.json'))) });

  const pages = ['index.html', 'cohort.html', 'students/001-ann/report.html', 'students/002-ben/report.html'];
  const drawn = pages.map((page) => read('book', page));
  expect(linksOf(drawn[0]!)).toEqual(['./cohort.html', './students/001-ann/report.html', './students/002-ben/report.html']);
  expect(linksOf(drawn[1]!)).toEqual(expect.arrayContaining(['./students/001-ann/report.html', './students/002-ben/report.html']));
  for (const page of pages) rmSync(inFolder('book', page));
  expect((await unroll('cohort', 'report', inFolder('book'))).code).toBe(0);
  expect(pages.map((page) => read('book', page))).toEqual(drawn);
});

test('a broken submission costs its own row and nothing else', async () => {
  handIn('mixed', 'zoe', 'transposed-weights');
  mkdirSync(inFolder('mixed', 'nothing'));
  mkdirSync(inFolder('mixed', 'odd'));
  writeFileSync(inFolder('mixed', 'odd', 'exercises'), 'a file in the place of a folder');
  writeFileSync(inFolder('mixed', 'notes.txt'), 'a file beside the submissions');
  const { code } = await unroll(
    'cohort',
    'grade',
    inFolder('mixed'),
    '--trust-submissions',
    '--only',
    '02',
    ...onWasm,
    '--out',
    inFolder('mixed-book'),
  );

  const { students } = gradebookSchema.parse(JSON.parse(read('mixed-book', 'gradebook.json')));
  const earned = students.map(({ name, outcome }) => [name, outcome.points?.earned]);
  expect(earned).toEqual([
    ['nothing', undefined], // no points are no zero
    ['odd', undefined],
    ['zoe', 6],
  ]);
  expect(code).toBe(students.every(({ outcome }) => outcome.status === 'graded') ? 0 : 1);
  expect(existsSync(inFolder('mixed-book', 'students', '003-zoe', 'report.html'))).toBe(true);
});

test('without a wall strangers are not graded, and nothing is written, unless they are said to be trusted', async () => {
  handIn('open', 'ann', 'correct');
  vi.stubEnv('UNROLL_ISOLATION', 'none');
  const words = ['cohort', 'grade', inFolder('open'), '--only', '00', ...onWasm, '--out', inFolder('open-book')];
  const refused = await unroll(...words);
  expect(existsSync(inFolder('open-book'))).toBe(false);
  const trusted = await unroll(...words, '--trust-submissions');
  vi.unstubAllEnvs();
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--trust-submissions') });
  expect(trusted).toMatchObject({ code: 0, stderr: expect.stringContaining('without a wall') });
});

/** Where a page leads, in order and once each. */
function linksOf(page: string): string[] {
  return [...new Set([...page.matchAll(/<a href="(\.[^"#]+)/g)].map(([, link]) => link!))];
}
