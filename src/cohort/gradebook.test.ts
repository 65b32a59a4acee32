import { expect, test } from 'vitest';

import { UserError } from '../errors.ts';
import { NothingToGrade } from '../intake/nothing-to-grade.ts';
import type { DeviceReport } from '../result/device.ts';
import { kitVersion } from '../version.ts';
import { gradebookSchema, type ExerciseResult, type Result } from '../result/result.ts';
import { makeGradebook, tellWithoutPoints } from './gradebook.ts';

const device: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: '4.22.0', reason: 'a test' };
const startedAt = new Date('2026-11-22T10:00:00Z');
const { usable: _usable, ...shown } = device;
const isolation = { level: 'namespace', reason: 'another test' };
const points = { earned: 1, measured: 2, possible: 3 };
const result: Result = {
  schema: 'unroll/result/v2',
  kit: { version: kitVersion },
  submission: { name: 'ada', sha256: 'f'.repeat(64) },
  seed: 's',
  startedAt: startedAt.toISOString(),
  durationMs: 5,
  machine: { cpu: 'c', cores: 2, memoryBytes: 1, os: 'Linux', node: 'v20' },
  device: shown,
  isolation: { level: 'none', reason: 'a test' },
  points,
  exercises: [],
  notes: [],
};
const student = (name: string) => ({ name, folder: `somewhere/${name}`, home: `students/001-${name}` });
const make = (rows: Parameters<typeof makeGradebook>[0]) => makeGradebook(rows, { startedAt, seed: 's', device, isolation });

test('a gradebook holds a row for each student, graded or not, in their order', () => {
  const { students } = make([
    { student: student('bo'), error: new Error('the box broke') },
    { student: student('ada'), result },
  ]);
  expect(students).toEqual([
    { name: 'bo', folder: 'students/001-bo', outcome: { status: 'ungraded', points: null, reason: 'the box broke' } },
    { name: 'ada', folder: 'students/001-ada', outcome: { status: 'graded', points, result } },
  ]);
});

test('it says on what and behind which wall the cohort was graded, and keeps to its contract', () => {
  const gradebook = make([]);
  expect(gradebook).toMatchObject({ kit: { version: kitVersion }, seed: 's', startedAt: '2026-11-22T10:00:00.000Z', device: shown });
  expect(gradebook.isolation).toEqual(isolation);
  expect(gradebook.durationMs).toBeGreaterThanOrEqual(0);
  expect(gradebookSchema.parse(JSON.parse(JSON.stringify(gradebook)))).toEqual(gradebook);
});

test('why there are no points is said apart from the grader’s own trouble, and counted in one sentence', () => {
  const missing = { ...student('cy'), id: 's3', group: 'A', refused: 'nothing was handed in', refusedAs: 'not-handed-in' as const };
  const late = { ...student('di'), handedIn: 'di_LATE_1_2_x.zip', late: true as const };
  const gradebook = make([
    { student: student('bo'), error: new NothingToGrade('nothing-found', 'it is empty') },
    { student: missing, error: new UserError('nothing was handed in') },
    { student: late, error: new NothingToGrade('unreadable', 'no zip') },
    { student: student('ed'), error: new Error('the box broke') },
    { student: student('ada'), result },
  ]);
  expect(gradebook.students).toMatchObject([
    { name: 'bo', outcome: { status: 'ungraded', points: null, kind: 'nothing-found' } },
    { name: 'cy', id: 's3', group: 'A', outcome: { points: null, kind: 'not-handed-in' } },
    { name: 'di', handedIn: 'di_LATE_1_2_x.zip', late: true, outcome: { kind: 'unreadable' } },
    { name: 'ed', outcome: { status: 'ungraded', points: null } },
    { name: 'ada', outcome: { status: 'graded', points } },
  ]);
  expect(gradebook.students[3]?.outcome).not.toHaveProperty('kind');
  expect(tellWithoutPoints(gradebook)).toBe(
    '4 of 5 have no points, which is not zero: 1 unreadable, 1 with nothing found, 1 with nothing handed in, 1 ungraded.',
  );
  expect(tellWithoutPoints(make([{ student: student('ada'), result }]))).toBeUndefined();
});

test('under an epoch it tells the epoch', () => {
  const epoch = { name: '2026-w48', commitment: 'c0'.repeat(32) };
  expect(makeGradebook([], { startedAt, seed: 'epoch 2026-w48', epoch, device, isolation })).toMatchObject({
    seed: 'epoch 2026-w48',
    epoch,
  });
  expect(make([])).not.toHaveProperty('epoch');
});

test('a result that breaks the contract is not taken', () => {
  expect(() => make([{ student: student('ada'), result: { ...result, points: { ...points, earned: -1 } } }])).toThrow(/earned/);
});

test('a long error is cut', () => {
  const [row] = make([{ student: student('ada'), error: new Error('x'.repeat(9999)) }]).students;
  expect(row?.outcome).toEqual({ status: 'ungraded', points: null, reason: 'x'.repeat(2000) });
});

test('the same files of two students and names that look the same are noted, with the numbers of their folders', () => {
  const files = [{ path: 'p', sha256: 's' }];
  const exercise: ExerciseResult = { id: 'e', title: 't', unit: 'u', state: 'failed', points, checks: [], printed: '', files };
  const handed = (name: string, home: string, sha256: string) => ({
    student: { name, folder: name, home },
    result: { ...result, submission: { name, sha256 }, exercises: [exercise] },
  });
  const { notes } = make([
    handed('ada', 'students/001-ada', 'a'),
    handed('bo', 'students/002-bo', 'b'),
    handed('Zo\u00eb', 'students/003-zoe', 'a'),
    { student: { name: 'zoe\u0308\u200b', folder: '', home: 'students/004-zoe' }, error: new Error('no') },
    { student: student('cy'), result },
    { student: student('di'), result }, // nothing handed in, as cy
  ]);
  expect(notes).toEqual([
    '“ada” (001), “Zo\u00eb” (003) handed in the same files.',
    '“Zo\u00eb” (003), “zoe\u0308\u200b” (004) have names that look the same.',
  ]);
});
