import { expect, test } from 'vitest';

import { UserError } from '../errors.ts';
import type { Result } from '../result/result.ts';
import { workThrough, type GradeOne } from './queue.ts';

const students = ['ada', 'bo', 'cy'].map((name) => ({ name, folder: name, home: name }));
const gather = async (gradeOne: GradeOne) => {
  const rows = [];
  for await (const row of workThrough(students, gradeOne)) rows.push(row);
  return rows;
};
const result = (name: string) => ({ submission: { name } }) as Result;

test('every student is graded once, in order, one after the other', async () => {
  const log: string[] = [];
  const rows = await gather(async ({ name }) => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`${name} ends`);
    return result(name);
  });
  expect(log).toEqual(['ada begins', 'ada ends', 'bo begins', 'bo ends', 'cy begins', 'cy ends']);
  expect(rows).toEqual(students.map((student) => ({ student, result: result(student.name) })));
});

test.for<[string, unknown, string]>([
  ['an error', new RangeError('the box broke'), 'the box broke'],
  ['a thrown string', 'no', 'no'],
  ['nothing', undefined, 'undefined'],
  ['what cannot be shown', Object.create(null), 'something that cannot be shown'],
])('%s costs its own row and nothing else', async ([, thrown, message]) => {
  const rows = await gather(async ({ name }) => (name === 'bo' ? Promise.reject(thrown) : result(name)));
  expect(rows.map((row) => ('error' in row ? row.error.message : row.result.submission.name))).toEqual(['ada', message, 'cy']);
  expect(rows.map((row) => 'error' in row && row.error instanceof Error)).toEqual([false, true, false]);
});

test('a grader that throws at once, without a promise, costs its own row too', async () => {
  const rows = await gather(() => {
    throw new Error('at once');
  });
  expect(rows).toHaveLength(3);
});

test('each row is had as soon as it is there, and nobody is graded far ahead of being asked for', async () => {
  const graded: string[] = [];
  const many = Array.from({ length: 9 }, (_, at) => ({ name: `s${at}`, folder: `s${at}`, home: `s${at}` }));
  for await (const { student } of workThrough(many, async ({ name }) => (graded.push(name), result(name))))
    if (student.name === 's1') break;
  expect(graded).toEqual(['s0', 's1', 's2']);
});

test('as many students as asked for are graded at once, and their rows come in order', async () => {
  let now = 0;
  let most = 0;
  const slowFirst: GradeOne = async ({ name }) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, name === 'ada' ? 20 : 1)); // ms
    now--;
    return result(name);
  };
  const names = [];
  for await (const row of workThrough(students, slowFirst, 2)) names.push(row.student.name);
  expect([names, most]).toEqual([['ada', 'bo', 'cy'], 2]);
});

test('a student whose folder is refused is not graded, and the row says why', async () => {
  const rows = [];
  const refused = { name: 'bo', folder: 'bo', home: 'bo', refused: 'the folder is a link' };
  for await (const row of workThrough([refused], async ({ name }) => result(name))) rows.push(row);
  expect(rows).toEqual([{ student: refused, error: new UserError('the folder is a link') }]);
});
