import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { UserError } from '../errors.ts';
import { readSubmission } from './submission.ts';

const exercises = [makeExercise(), makeExercise({ id: '08-halving', files: ['halving.ts', 'cell.ts'] })];
let root: string;
let outside: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'unroll-submission-'));
  root = join(outside, 'Zoë');
  mkdirSync(root);
});
afterEach(() => rmSync(outside, { recursive: true }));

function put(path: string, text: string | Buffer = 'export {};'): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}
const read = () => readSubmission(root, exercises);
const solution = '07-doubling/doubling.ts';

describe('what is handed in', () => {
  test.for(['', 'exercises/'])('lies in folders named like the exercises, below %j', (prefix) => {
    put(`${prefix}${solution}`, 'a');
    put(`${prefix}08-halving/halving.ts`, 'b');
    put(`${prefix}08-halving/cell.ts`, 'c');
    const { name, modules, files, notes } = read();
    expect({ name, notes }).toEqual({ name: 'Zoë', notes: [] });
    expect(modules).toEqual({
      '07-doubling': { key: '07-doubling', entry: 'doubling.ts', files: { 'doubling.ts': 'a' } },
      '08-halving': { key: '08-halving', entry: 'halving.ts', files: { 'halving.ts': 'b', 'cell.ts': 'c' } },
    });
    expect(files['07-doubling']).toEqual([
      { path: `${prefix}${solution}`, sha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb' },
    ]);
  });

  test('may be nothing, or a part of an exercise without the file that holds the exports', () => {
    expect(read()).toMatchObject({ modules: {}, notes: [] });
    put('08-halving/cell.ts');
    expect(read().modules).toEqual({});
  });

  test('has a digest that changes with every file that counts, and with no other', () => {
    put(solution, 'a');
    const before = read().sha256;
    put('07-doubling/notes.txt');
    expect(read().sha256).toBe(before);
    put(solution, 'b');
    expect(read().sha256).not.toBe(before);
  });
});

describe('what is never read', () => {
  const refusals: Record<string, [() => void, string]> = {
    'a link': [() => symlinkSync(secret(), place()), 'it is not a plain file'],
    'a link to nowhere': [() => symlinkSync('nowhere', place()), 'it is not a plain file'],
    'a hard link': [() => linkSync(secret(), place()), 'it is a hard link'],
    'a folder': [() => mkdirSync(place()), 'it is not a plain file'],
    'a pipe that would be waited for without end': [
      () => spawnSync('/bin/sh', ['-c', 'mkfifo "$1"', 'sh', place()]),
      'it is not a plain file',
    ],
    'a giant': [() => writeFileSync(place(), Buffer.alloc(256 * 1024 + 1)), 'it is larger than 256 KiB'],
  };
  const secret = () => (writeFileSync(join(outside, 'secret'), 'seed'), join(outside, 'secret'));
  const place = () => (mkdirSync(join(root, '07-doubling'), { recursive: true }), join(root, solution));

  test.for(Object.entries(refusals))('%s', ([, [make, words]]) => {
    make();
    const { modules, files, notes } = read();
    expect({ modules, files }).toEqual({ modules: {}, files: {} });
    expect(notes).toEqual([`${solution} was not taken: ${words}`]);
  });

  test('a folder that is a link, be it the exercise’s or the one above it', () => {
    mkdirSync(join(outside, 'other', '07-doubling'), { recursive: true });
    writeFileSync(join(outside, 'other', solution), 'stolen');
    symlinkSync(join(outside, 'other', '07-doubling'), join(root, '07-doubling'));
    expect(read()).toMatchObject({ modules: {}, notes: [expect.stringContaining('its folder is a link'), expect.anything()] });
    rmSync(join(root, '07-doubling'));
    symlinkSync(join(outside, 'other'), join(root, 'exercises'));
    expect(read()).toMatchObject({ modules: {}, notes: [expect.stringContaining('exercises was not taken: it is no folder')] });
  });

  test('a file as large as may be is read', () => {
    put(solution, 'x'.repeat(256 * 1024));
    expect(read().modules['07-doubling']?.files['doubling.ts']).toHaveLength(256 * 1024);
  });
});

describe('a file that comes with the exercise', () => {
  const given = '07-doubling/given.ts';
  const readGiven = () => {
    const folder = dirname(put('../kit/given.ts', 'the kit’s'));
    return readSubmission(root, [makeExercise({ folder, given: ['given.ts'] })]);
  };

  test('is never taken, and not worth a word where it was handed in as it came', () => {
    put(solution);
    put(given, 'the kit’s');
    const { modules, files, notes } = readGiven();
    expect(Object.keys(modules['07-doubling']?.files ?? {})).toEqual(['doubling.ts']);
    expect(files['07-doubling']).toHaveLength(1);
    expect(notes).toEqual([]);
  });

  test.for<[string, () => void]>([
    ['changed', () => put(given, 'the learner’s')],
    ['as a link, which is not followed', () => (put(given), rmSync(join(root, given)), symlinkSync('/dev/zero', join(root, given)))],
  ])('is noted where it was handed in %s', ([, make]) => {
    put(solution);
    make();
    expect(readGiven().notes).toEqual([`${given} was not taken: it comes with the exercise, and the kit's own is used`]);
  });

  test('does not come from the submission, and so changes nothing of its digest', () => {
    put(solution);
    const before = readGiven().sha256;
    put(given, 'the learner’s');
    expect(readGiven().sha256).toBe(before);
  });
});

describe('strangers', () => {
  test('in an exercise’s folder are named and ignored, the first five by name', () => {
    put(solution);
    for (const name of ['a.ts', 'b.ts', 'doubling.test.ts', 'oracle.ts', 'package.json', 'z.ts']) put(`07-doubling/${name}`);
    const { modules, notes } = read();
    expect(Object.keys(modules['07-doubling']?.files ?? {})).toEqual(['doubling.ts']);
    expect(notes).toEqual([
      "07-doubling: ignored a.ts, b.ts, doubling.test.ts, oracle.ts, package.json and 1 more; only doubling.ts is the learner's",
    ]);
  });

  test('are no files that came with the exercise: whoever hands in the whole folder hears nothing', () => {
    const folder = dirname(put(solution));
    put('07-doubling/oracle.ts');
    expect(readSubmission(root, [makeExercise({ folder })]).notes).toEqual([]);
  });

  test('that look like exercises are named, other things are not worth a word', () => {
    for (const path of ['99-unknown/x.ts', 'node_modules/x/index.js', 'README.md', '.git/HEAD']) put(path);
    expect(read().notes).toEqual(['not graded, because not asked for or no exercise of this course: 99-unknown']);
  });

  test('a file in the place of a folder is named, and does no harm', () => {
    put('07-doubling');
    expect(read()).toMatchObject({ modules: {}, notes: ['07-doubling was not taken: it is no folder'] });
    rmSync(join(root, '07-doubling'));
    put('exercises');
    expect(read()).toMatchObject({ modules: {} });
  });
});

test.for([
  ['nowhere', /there is no folder nowhere/],
  [import.meta.filename, /is not a folder; unpack/],
] as const)('%s is no submission', ([path, words]) => {
  expect(() => readSubmission(path, exercises)).toThrow(UserError);
  expect(() => readSubmission(path, exercises)).toThrow(words);
});
