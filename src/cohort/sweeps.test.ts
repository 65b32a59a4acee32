import { expect, test } from 'vitest';

import type { Result } from '../result/result.ts';
import { sweepThrough, type Sweeps } from './sweeps.ts';

const students = ['ada', 'bo', 'cy'].map((name) => ({ name, folder: name, home: name }));
const result = (name: string, races: boolean) => ({ submission: { name }, races }) as unknown as Result;
const usual = (log: string[]): Sweeps => ({
  grade: async ({ name }, races) => (log.push(`${name} ${races ? 'races' : 'checks'}`), result(name, races)),
  races: true,
  atOnce: 2,
  onRow: ({ student }, done, of) => void log.push(`${student.name} is ${done} of ${of}`),
  onChecked: ({ student }, done, of) => void log.push(`${student.name} checked, ${done} of ${of}`),
});

test('the checks of all come first, then the races one after the other', async () => {
  const log: string[] = [];
  const rows = await sweepThrough(students, usual(log));
  expect(rows).toEqual(students.map((student) => ({ student, result: result(student.name, true) })));
  expect(log.filter((line) => !line.includes('of'))).toEqual(['ada checks', 'bo checks', 'cy checks', 'ada races', 'bo races', 'cy races']);
  expect(log.slice(-1)).toEqual(['cy is 3 of 3']);
});

test('without races one sweep is all', async () => {
  const log: string[] = [];
  await sweepThrough(students, { ...usual(log), races: false });
  expect(log.filter((line) => line.includes('races') || line.includes('checked'))).toEqual([]);
  expect(log).toContain('cy is 3 of 3');
});

test('who could not be checked is not raced', async () => {
  const log: string[] = [];
  const grade: Sweeps['grade'] = async ({ name }, races) => {
    if (name === 'bo') throw new Error('no');
    return usual(log).grade({ name } as never, races);
  };
  const rows = await sweepThrough(students, { ...usual(log), grade });
  expect(rows[1]).toMatchObject({ error: { message: 'no' } });
  expect(log).not.toContain('bo races');
});

test('after an interruption nothing is begun, and each row is what was known', async () => {
  const log: string[] = [];
  const stop = new AbortController();
  const grade: Sweeps['grade'] = async (student, races) => {
    if (races && student.name === 'bo') {
      stop.abort();
      throw new Error('the judges are gone');
    }
    return usual(log).grade(student, races);
  };
  const rows = await sweepThrough(students, { ...usual(log), grade, signal: stop.signal });
  expect(rows).toEqual(students.map((student, at) => ({ student, result: result(student.name, at === 0) })));
  expect(log).not.toContain('cy races');

  const early = await sweepThrough(students, { ...usual([]), signal: AbortSignal.abort() });
  expect(early.map((row) => 'error' in row && row.error.message)).toEqual(
    Array(3).fill(expect.stringContaining('the same command goes on')),
  );
});
