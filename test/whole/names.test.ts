import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { pathIn } from '../../src/intake/held-folder.ts';
import { gradebookSchema } from '../../src/result/result.ts';
import { onWasm, unroll, type Run } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

// Students who are called what a file system, a browser, a terminal or a service of continuous integration could take for something else.
const names = ['gradebook.json', 'C:\\x', 'b\\..\\x', '\u001b]0;x\u0007', 'a\n::error::b', '\u202Egpj', '::warning::c', 'é'.repeat(127)];
const invalid = Buffer.from([0x61, 0xff]);
const loud = '::error::no\\u001b[2J\\u202e\\n##[group]x';
const file = `console.log('${loud}'); throw new Error('${'a'.repeat(85)} ${loud}');\n`; // so long a word that the next begins a line

let run: Run;
beforeAll(async () => {
  const cohort = join(folder, 'class');
  mkdirSync(cohort);
  for (const name of [...names.map((each) => Buffer.from(each)), invalid]) {
    const home = pathIn(pathIn(Buffer.from(cohort), name), '00-warm-up');
    mkdirSync(home, { recursive: true });
    writeFileSync(pathIn(home, 'warm-up.ts'), file);
    writeFileSync(pathIn(home, '\u001b[2J\n::notice::d'), '');
  }
  symlinkSync(join(cohort, 'gradebook.json'), join(cohort, 'link'));
  run = await unroll('cohort', 'grade', cohort, '--only', '00', ...onWasm, '--trust-submissions', '--out', join(folder, 'book'));
}, 300_000); // ms: nine boxes on a busy machine

const book = (...names: readonly string[]) => readFileSync(join(folder, 'book', ...names), 'utf8');
/** Control characters, what turns the reading direction, and commands to a service of continuous integration. */
const dangerous = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^\s*::|##\[/m;

test('a class of odd names is graded whole: a row and a page for each, and one row that says what to do', () => {
  const { students, notes } = gradebookSchema.parse(JSON.parse(book('gradebook.json')));
  expect(students.map(({ outcome }) => outcome.status).toSorted()).toEqual([...Array(names.length + 1).fill('graded'), 'ungraded']);
  expect(students.find(({ name }) => name === 'link')?.outcome).toMatchObject({ reason: expect.stringContaining('is a link') as string });
  expect(students.map(({ name }) => name)).toContain('a[0xFF]');
  expect(run.code).toBe(1); // one could not be graded
  expect(notes?.[0]).toContain('handed in the same files');
  expect(readdirSync(join(folder, 'book')).toSorted()).toEqual(['cohort.html', 'gradebook.json', 'index.html', 'students', 'verdicts']);
  for (const { folder: home, outcome } of students) {
    expect(home).toMatch(/^students\/0\d\d(-[a-z0-9]+)*$/);
    expect(existsSync(join(folder, 'book', home, 'report.html'))).toBe(outcome.status === 'graded');
  }
});

test('nothing of it reaches the terminal, a log or a page as anything but text', async () => {
  const one = join(folder, 'class', names[4]!);
  const graded = await unroll('grade', one, '--only', '00', ...onWasm);
  const json = await unroll('grade', one, '--only', '00', ...onWasm, '--json');
  const raced = await unroll('race', '\u001b[2J\n::error::x');
  const reported = await unroll('report', join(folder, names[3]!));
  for (const { stdout, stderr } of [run, graded, json, raced, reported])
    for (const text of [stdout, stderr]) expect(text).not.toMatch(dangerous);
  expect(graded.stdout).toContain(': :error::no');
  expect(JSON.stringify(JSON.parse(json.stdout))).toContain('\\u001b[2J');
  expect(reported.code).toBe(2);
  for (const page of [book('index.html'), book('cohort.html')]) expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
});

test('a name begins no line of what status and diff print', async () => {
  const gradebook = gradebookSchema.parse(JSON.parse(book('gradebook.json')));
  const name = 'x\nhonest: 21 points, now 0';
  const graded = gradebook.students.find(({ outcome }) => outcome.status === 'graded');
  const students = [
    { ...graded, name },
    { ...graded, name, folder: 'students/002-x', outcome: { status: 'ungraded', reason: name } },
  ];
  mkdirSync(join(folder, 'edited'));
  writeFileSync(join(folder, 'edited', 'gradebook.json'), JSON.stringify({ ...gradebook, students }));
  const status = await unroll('cohort', 'status', join(folder, 'edited'));
  const diff = await unroll('cohort', 'diff', join(folder, 'book'), join(folder, 'edited'));
  for (const { stdout } of [status, diff]) {
    expect(stdout).toContain('honest: 21 points, now 0');
    expect(stdout).not.toMatch(/^honest/m);
  }
});
