import { expect, test } from 'vitest';

import { readCourse } from '../course/course.ts';
import type { DeviceReport } from '../result/device.ts';
import { makePlan, type RunPlan } from '../run/plan.ts';
import { questionsAbout } from './question.ts';

const device: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: '1', reason: 'a test' };
const exercise = readCourse().exercises.find(({ id }) => id.startsWith('10-'))!;
const files = { key: exercise.id, entry: 'a.ts', files: { 'a.ts': 'export const a = 1;' } };
const plan = makePlan({ exercises: [exercise], device, seed: 's' });
const ask = (text = files, changed: Partial<RunPlan> = {}, level: 'none' | 'namespace' = 'namespace') =>
  questionsAbout(exercise, text, { ...plan, ...changed }, { level, machine: 'm' });
const keys = (...args: Parameters<typeof ask>) => ask(...args).map(({ key }) => key);

test('an exercise has a question about its checks, and one about its race, which needs the machine alone', () => {
  const [checks, race] = ask();
  expect(Object.keys(race!.exercise.checks)).toEqual(['race']);
  expect([...Object.keys(checks!.exercise.checks), 'race'].toSorted()).toEqual(Object.keys(exercise.checks).toSorted());
  expect([checks!.alone, race!.alone]).toEqual([false, true]);
  expect(ask(files, { races: false })).toHaveLength(1);
});

test('equal files are one question, whoever hands them in', () => {
  expect(keys({ ...files, files: { ...files.files } })).toEqual(keys());
});

test.for<[string, Parameters<typeof ask>]>([
  ['the files', [{ ...files, files: { 'a.ts': 'export const a = 2;' } }]],
  ['which file comes first', [{ ...files, entry: 'b.ts' }]],
  ['the seed', [files, { seed: 't' }]],
  ['the device', [files, { device: { ...device, version: '2' } }]],
  ['the limits', [files, { limits: { requestMs: 1 } }]],
  ['whom the code belongs to', [files, { strangers: false }]],
  ['the wall', [files, {}, 'none']],
])('%s make another', ([, args]) => {
  expect(keys(...args).some((key) => keys().includes(key))).toBe(false);
});

test('how a race is run makes another race, and the same checks', () => {
  const [checks, race] = ask(files, { racing: { error: 0.001 } });
  expect([checks!.key, race!.key]).toEqual([ask()[0]!.key, expect.not.stringMatching(ask()[1]!.key)]);
});

test('a seed from a secret is not told', () => {
  const seed = { epoch: { name: 'w1', key: 'k' } as never, seeds: { [exercise.id]: 'very-secret' } };
  expect(JSON.stringify(ask(files, { seed }))).not.toContain('very-secret');
});
