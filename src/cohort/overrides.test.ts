import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { gradebookSchema, type Gradebook } from '../result/result.ts';
import { compareGradebooks } from './diff.ts';
import { applyOverrides, overridesName, readOverrides } from './overrides.ts';
import type { Student } from './students.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-overrides-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, overridesName);
const student = (name: string, id: string): Student => ({ name, id, folder: `in/${name}`, home: `students/${id}` });
const students = [student('Ada', 'a1'), student('Bo', 'b1'), student('Bo', 'b2')];
const read = (text: string) => (writeFileSync(path, text), readOverrides(path, students));
const decision = (who: string, points = 12, exercise = '15-scan') =>
  `- { student: ${who}, exercise: ${exercise}, points: ${points}, why: seen by a person }\n`;

const tally = { earned: 10, measured: 18, possible: 30 };
const exercises = [
  { id: '15-scan', points: { earned: 8, measured: 10, possible: 20 }, checks: [], files: [] },
  { id: '16-other', points: { earned: 2, measured: 8, possible: 10 }, checks: [], files: [] },
];
const book = {
  kit: { version: '1' },
  seed: 's',
  device: { name: 'wasm', kind: 'cpu', version: '4' },
  isolation: { level: 'namespace' },
  students: [
    { name: 'Ada', id: 'a1', folder: 'students/a1', outcome: { status: 'graded', points: tally, result: { exercises } } },
    { name: 'Bo', id: 'b1', folder: 'students/b1', outcome: { status: 'ungraded', points: null, reason: 'nothing was handed in' } },
  ],
  notes: ['a note'],
} as unknown as Gradebook;

test('without a path nothing is set by hand, and a file that is named must be there', () => {
  expect(readOverrides(undefined, students)).toEqual([]);
  expect(() => readOverrides(join(folder, 'no-such.yaml'), students)).toThrow('no-such.yaml cannot be read: ENOENT');
});

test('points of a name or an id are set in the row, and the result stays as it was found', () => {
  for (const who of ['Ada', 'a1']) {
    const { students: rows, notes } = applyOverrides(book, read(decision(who)));
    expect(rows[0]).toMatchObject({
      overrides: [{ student: who, exercise: '15-scan', points: 12, computed: 8, why: 'seen by a person' }],
      outcome: { points: { earned: 14, measured: 28, possible: 30 }, result: { exercises } },
    });
    expect(rows[1]).toEqual(book.students[1]);
    expect(notes).toEqual(['a note', 'Points set by hand: Ada has 12 for 15-scan, where 8 of 20 were computed: seen by a person']);
    expect(gradebookSchema.shape.students.element.shape.overrides.safeParse(rows[0]?.overrides).success).toBe(true);
  }
});

test.for([
  [decision('b1'), 'Bo has no 15-scan in this grading'],
  [decision('Ada', 21), 'Ada is given 21 for 15-scan, which has 20'],
  [decision('Ada', 1, '99-none'), 'Ada has no 99-none in this grading'],
] as const)('%s is not used, and said', ([text, why]) => {
  const { students: rows, notes } = applyOverrides(book, read(text));
  expect(rows).toEqual(book.students);
  expect(notes).toEqual(['a note', `Points set by hand and not used: ${why}.`]);
});

test.for([
  [decision('Cleo'), 'names Cleo, who is not in this cohort'],
  [decision('Bo'), '2 students are called that; write the id of one'],
  [decision('Ada').repeat(2), 'sets the points of Ada in 15-scan twice'],
  [decision('Ada', -1), '1: 0.points: '],
  ['- { student: Ada, exercise: 15-scan, points: 3 }', '0.why: '],
  ['Ada: 3', 'the file: '],
] as const)('%s is refused before anything is graded', ([text, words]) => {
  expect(() => read(text)).toThrow(words);
});

test('a comparison names what was set by hand', () => {
  const set = applyOverrides(book, read(decision('Ada')));
  expect(compareGradebooks(book, set)).toEqual([{ name: 'Ada', before: 10, after: 14, setByHand: ['15-scan'], checks: [] }]);
  expect(compareGradebooks(set, set)).toEqual([]);
});
