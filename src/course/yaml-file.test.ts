import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';

import { UserError } from '../errors.ts';
import { readYaml } from './yaml-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-yaml-'));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = z.strictObject({
  title: z.string().min(1, 'must not be empty'),
  checks: z.record(z.string(), z.strictObject({ points: z.number().nonnegative('must not be below 0') })),
});

/** What reading this text says, without the path. */
function mistakesIn(text: string): string[] {
  const path = join(folder, 'file.yaml');
  writeFileSync(path, text);
  try {
    readYaml(path, schema);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message.split('\n').map((line) => line.replace(path, 'file.yaml'));
  }
}

test('a right file gives what it says', () => {
  const path = join(folder, 'right.yaml');
  writeFileSync(path, 'title: A\nchecks: { one: { points: 2 } }\n');
  expect(readYaml(path, schema)).toEqual({ title: 'A', checks: { one: { points: 2 } } });
});

test('every mistake is named with its file and line, all of them at once', () => {
  expect(mistakesIn("title: ''\nchecks:\n  one:\n    points: -1\n  two:\n    points: many\n")).toEqual([
    'file.yaml:1: title: must not be empty',
    'file.yaml:4: checks.one.points: must not be below 0',
    expect.stringMatching(/^file\.yaml:6: checks\.two\.points: .*expected number/),
  ]);
});

test('what is missing is named at the line of what it is missing from', () => {
  expect(mistakesIn('title: A\nchecks:\n  one: { points: 1 }\n  two: {}\n')).toEqual([
    expect.stringMatching(/^file\.yaml:4: checks\.two\.points: /),
  ]);
  expect(mistakesIn('checks: {}\n')).toEqual([expect.stringMatching(/^file\.yaml:1: title: /)]);
});

test('a field nobody knows is a mistake, so that a misspelled one is noticed', () => {
  expect(mistakesIn('title: A\nchecks: {}\npoint: 1\n')).toEqual([expect.stringMatching(/^file\.yaml:1: the file: .*"point"/)]);
});

test.for([
  ['a bracket too many', 'title: A\nchecks: {}}\n', 2],
  ['a key written twice', 'title: A\ntitle: B\n', 2],
  ['a tab for indentation', 'title: A\nchecks:\n\tone: 1\n', 3],
] as const)('%s is named with its line', ([, text, line]) => {
  expect(mistakesIn(text)[0]).toMatch(new RegExp(`^file\\.yaml:${line}: \\S`));
});

test('an empty file is a mistake, not a course', () => {
  expect(mistakesIn('')).toHaveLength(1);
});

test('a file that cannot be read says which', () => {
  expect(() => readYaml(join(folder, 'nowhere.yaml'), schema)).toThrow(/nowhere\.yaml cannot be read: ENOENT/);
});
