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

const many = (piece: string, characters = 128 * 1024) => piece.repeat(characters / piece.length);

test.for<[string, string, number, string]>([
  ['an alias that leads nowhere', 'title: A\nchecks: *nowhere\n', 2, 'an alias (*) is not read here'],
  ['a bomb of aliases', `a: &a [x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*a, *a]`).join('\n')}`, 1, 'an anchor (&)'],
  ['a tag', 'title: !!js/function x\n', 1, 'a tag (!)'],
  ['__proto__', 'title: A\nchecks:\n  __proto__: { points: 1 }\n', 3, '__proto__ cannot be a key'],
  ['__proto__ in quotes', 'title: A\n"__proto__": 1\n', 2, '__proto__ cannot be a key'],
  ['a key that is a collection', 'title: A\n[a, b]: 1\n', 2, 'all keys must be strings'],
  ['a second document', 'title: A\n---\ntitle: B\n', 2, 'a second document'],
  ['a hundred thousand brackets', '['.repeat(100_000), 1, 'nested more than 32 deep'],
  ['lines nested a hundred deep', Array.from({ length: 100 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'), 32, 'nested more than 32 deep'],
  ['lists in lists', many('- '), 1, 'nested more than 32 deep'],
  ['nothing but ends of lines', many('\n'), 50_001, 'more words and lines'],
  ['nothing but keys', many('a:\n'), 12_500, 'more words and lines'],
  ['nothing but mistakes', many('}\n'), 1, 'Unexpected flow-map-end'],
  ['a giant', many('a', 256 * 1024), 1, 'it is larger than 128 KiB'],
])('%s ends at once, in one sentence with its line', ([, text, line, words]) => {
  const start = performance.now();
  const mistakes = mistakesIn(text);
  expect(performance.now() - start).toBeLessThan(2000); // ms: 50 alone, and many times as long on a busy machine
  expect(mistakes[0]).toMatch(new RegExp(`^file\\.yaml:${line}: `));
  expect(mistakes[0]).toContain(words);
  expect(mistakes.join('\n').length).toBeLessThan(12_000);
});

test('of a thousand mistakes ten are named, and the others counted', () => {
  const mistakes = mistakesIn(`title: A\nchecks:\n${Array.from({ length: 1000 }, (_, at) => `  c${at}: {}\n`).join('')}`);
  expect([mistakes.length, mistakes.at(-1)]).toEqual([11, 'and 990 more']);
});

test('signs in quotes and between words are text', () => {
  const path = join(folder, 'signs.yaml');
  writeFileSync(path, `title: 'x: *y & !z'\nchecks: {}\n`);
  expect(readYaml(path, schema).title).toBe('x: *y & !z');
  writeFileSync(path, 'title: x & *y !z\nchecks: {}\n');
  expect(readYaml(path, schema).title).toBe('x & *y !z');
});

test('a merge key is a key like any other', () => {
  expect(mistakesIn('title: A\nchecks: {}\n<<: { point: 1 }\n')).toEqual([expect.stringMatching(/^file\.yaml:1: the file: .*"<<"/)]);
});

test('an empty file is a mistake, not a course', () => {
  expect(mistakesIn('')).toHaveLength(1);
});

test('a file that cannot be read says which', () => {
  expect(() => readYaml(join(folder, 'nowhere.yaml'), schema)).toThrow(/nowhere\.yaml cannot be read: ENOENT/);
  expect(() => readYaml(folder, schema)).toThrow(/cannot be read: it is not a plain file/);
});
