import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';

import { readCourse } from '../../src/course/course.ts';
import { deviceNames } from '../../src/result/device.ts';
import { resultSchema, type Result } from '../../src/result/result.ts';
import { onWasm, unroll } from '../support/command-line.ts';

const samples = 'test/submissions';
const folder = mkdtempSync(join(tmpdir(), 'unroll-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (...names: readonly string[]) => join(folder, ...names);
const readResult = (...names: readonly string[]) => resultSchema.parse(JSON.parse(readFileSync(inFolder(...names), 'utf8')));
const outcomes = ({ exercises }: Result) => exercises.flatMap(({ checks }) => checks.map(({ id, outcome }) => [id, outcome] as const));

test('grade exits 0 for a right submission, and writes its result and its report', async () => {
  const { code } = await unroll('grade', `${samples}/correct`, '--only', '00,02', ...onWasm, '--out', inFolder('correct'));
  expect(code).toBe(0);
  const result = readResult('correct', 'result.json');
  expect(result.exercises.map(({ id, state }) => [id, state])).toEqual([
    ['00-warm-up', 'passed'],
    ['02-elman-sequence', 'passed'],
  ]);
  expect(readFileSync(inFolder('correct', 'report.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*02-elman-sequence/i);
});

test('report says what to name where there is nothing to draw, and refuses what is no result', async () => {
  const nothing = await unroll('report', inFolder('nowhere'));
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('name a result.json, a gradebook.json')]);
  const empty = await unroll('report', folder, '--out', inFolder('drawn'));
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('holds neither gradebook.json nor result.json')]);
  const other = await unroll('report', 'package.json');
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('is not a result that this kit can read')]);
});

test('grade exits 1 for the untouched stubs', async () => {
  const { code, stdout } = await unroll('grade', '.', '--only', '02', ...onWasm);
  expect(code).toBe(1);
  expect(stdout).toContain('02-elman-sequence');
});

test('grade --only looks at no other exercise, and --json prints one value and nothing else', async () => {
  const { code, stdout } = await unroll('grade', `${samples}/half-done`, '--only', '15', ...onWasm, '--json');
  expect(code).toBe(1);
  const { exercises, notes } = resultSchema.parse(JSON.parse(stdout));
  expect(exercises.map(({ id }) => id)).toEqual(['15-associative-scan']);
  expect(notes).toEqual(['not graded, because not asked for or no exercise of this course: 00-warm-up']);
});

test('the same seed gives the same outcomes and messages, and another seed other numbers', async () => {
  const graded: Result[] = [];
  for (const seed of ['one', 'one', 'two']) {
    const { stdout } = await unroll('grade', `${samples}/off-by-one-in-time`, '--only', '02', '--device', 'wasm', '--seed', seed, '--json');
    graded.push(resultSchema.parse(JSON.parse(stdout)));
  }
  const [first, again, other] = graded.map(outcomes);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test('list shows units, order, points and effort, and the same as one value', async () => {
  const { code, stdout } = await unroll('list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/Unit 1: the sequential pass\n[\s\S]* {2}02-elman-sequence +Elman sequence +16 points +30 min\n/);
  const rows = z
    .array(z.object({ id: z.string(), unit: z.string(), points: z.number(), effortMinutes: z.number() }))
    .parse(JSON.parse((await unroll('list', '--json')).stdout));
  expect(rows.map(({ id }) => id)).toEqual(readCourse().exercises.map(({ id }) => id));
});

test.for([
  ['a folder that is not there', ['grade', `${samples}/nobody`]],
  ['a file in the place of a folder', ['grade', `${samples}/expected.yaml`]],
  ['a cohort that is not there', ['cohort', 'grade', `${samples}/nobody`]],
  ['an exercise that the course has not', ['grade', `${samples}/correct`, '--only', '99']],
  ['a device that there is not', ['grade', `${samples}/correct`, '--device', 'quantum']],
  ['a device that authors do not have', ['course', 'check', '--device', 'quantum']],
  ['a seed with a blank', ['grade', `${samples}/correct`, '--seed', 'a b']],
  ['an unknown option', ['grade', `${samples}/correct`, '--frobnicate']],
  ['an unknown command', ['frobnicate']],
  ['a missing argument', ['grade']],
] as const)('%s ends with 2 and one line', async ([, words]) => {
  const { code, stdout, stderr } = await unroll(...words);
  expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
});

test('doctor --json says which devices are usable and why, and how submissions are kept apart', async () => {
  const { code, stdout } = await unroll('doctor', '--json');
  expect(code).toBe(0);
  const device = z.strictObject({
    name: z.enum(deviceNames),
    usable: z.boolean(),
    kind: z.enum(['gpu', 'cpu', 'software']),
    version: z.string().min(1).nullable(),
    reason: z.string().min(1),
  });
  const isolation = z.strictObject({ level: z.string().min(1), reason: z.string().min(1) });
  const { node, devices } = z.strictObject({ node: z.string(), devices: z.array(device), isolation }).parse(JSON.parse(stdout));
  expect(node).toBe(process.versions.node);
  expect(devices.map(({ name }) => name)).toEqual(deviceNames);
  expect(devices.filter(({ name }) => name === 'wasm' || name === 'cpu').map(({ usable }) => usable)).toEqual([true, true]);
  expect(devices.filter(({ usable, version }) => usable && version === null)).toEqual([]);
});
