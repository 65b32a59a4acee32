import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { needs } from '../../test/support/needs.ts';
import { asNobody } from '../../test/support/nobody.ts';
import { UserError } from '../errors.ts';
import { pathIn } from './held-folder.ts';
import { NothingToGrade } from './nothing-to-grade.ts';
import { readFolder } from './read.ts';
import type { Submission } from './submission.ts';

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
const read = () => readFolder(root, exercises);
const solution = '07-doubling/doubling.ts';

/** Undefined where there was nothing at the moment. */
function readOrNothing(): Submission | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof NothingToGrade) return undefined;
    throw thrown;
  }
}

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

  test('may be an exercise’s empty folder, or a part of an exercise without the file that holds the exports', () => {
    mkdirSync(join(root, 'exercises/07-doubling'), { recursive: true });
    expect(read()).toMatchObject({ modules: {}, notes: [] });
    rmSync(join(root, 'exercises'), { recursive: true });
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
    expect(read).toThrow(/could be read: exercises was not taken: it is no folder$/);
  });

  test.for<[string, string, string, string]>([
    ['a file', '07-doubling/doubling.ts', solution, 'it cannot be read (EACCES)'],
    ['the folder of an exercise', '07-doubling', '07-doubling', 'it cannot be read (EACCES)'],
    ['the folder above them', 'exercises', 'exercises', 'it cannot be read (EACCES)'],
  ])('%s that nobody may read', ([, closed, shown, words]) => {
    put(solution);
    mkdirSync(join(root, 'exercises'));
    if (closed !== 'exercises') rmSync(join(root, 'exercises'), { recursive: true });
    chmodSync(join(root, closed), 0o000);
    const { modules, notes } = asNobody(outside, read);
    chmodSync(join(root, closed), 0o700);
    expect(Object.keys(modules)).toEqual(closed === 'exercises' ? ['07-doubling'] : []);
    expect(notes).toEqual([`${shown} was not taken: ${words}`]);
  });

  test('a submission that nobody may read', () => {
    chmodSync(root, 0o000);
    const reading = () => asNobody(outside, read);
    expect(reading).toThrow(UserError);
    expect(reading).toThrow(/Zoë cannot be read \(EACCES\); give yourself the right to read it/);
    chmodSync(root, 0o700);
  });

  test('a link that is put in the place of a folder or a file while they are read', async (context) => {
    await needs(context, 'linux');
    mkdirSync(join(outside, 'other', '07-doubling'), { recursive: true });
    writeFileSync(join(outside, 'other', solution), 'stolen');
    put(solution, 'own');
    const swapping = new Worker(
      `const fs = require('node:fs');
       const { own, other } = require('node:worker_threads').workerData;
       for (const end = Date.now() + 1500; Date.now() < end;) {
         fs.renameSync(own, own + '.away'); fs.symlinkSync(other, own);
         fs.unlinkSync(own); fs.renameSync(own + '.away', own);
       }`,
      { eval: true, workerData: { own: join(root, '07-doubling'), other: join(outside, 'other', '07-doubling') } },
    );
    const state = { over: false };
    swapping.on('exit', () => (state.over = true));
    const seen = new Set<string | undefined>();
    while (!state.over) {
      for (let count = 0; count < 50; count++) seen.add(readOrNothing()?.modules['07-doubling']?.files['doubling.ts']);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([...seen].filter((text) => text !== 'own' && text !== undefined)).toEqual([]);
    expect(seen).toContain('own');
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
    return readFolder(root, [makeExercise({ folder, given: ['given.ts'] })]);
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

describe('text', () => {
  test.for<[string, Buffer, string | undefined, string[]]>([
    ['the mark of an editor before it', Buffer.from('\ufeffx'), 'x', []],
    ['UTF-16', Buffer.from('\ufeffx', 'utf16le'), undefined, [`${solution} was not taken: it is UTF-16 text; save it as UTF-8`]],
    [
      'UTF-16 of the other order',
      Buffer.from('\ufeffx', 'utf16le').swap16(),
      undefined,
      [`${solution} was not taken: it is UTF-16 text; save it as UTF-8`],
    ],
    ['no text', Buffer.from('x\0'), undefined, [`${solution} was not taken: it holds zero bytes, as no text does; save it as UTF-8`]],
    [
      'a letter in Latin 1',
      Buffer.from('// \xe9', 'latin1'),
      '// \ufffd',
      [`${solution}: some of its bytes are no UTF-8 and were read as \ufffd; save it as UTF-8`],
    ],
  ])('with %s', ([, bytes, text, said]) => {
    put(solution, bytes);
    const { modules, notes } = read();
    expect(modules['07-doubling']?.files['doubling.ts']).toBe(text);
    expect(notes).toEqual(said);
  });
});

describe('names', () => {
  const odd = Buffer.concat([Buffer.from('a\n\x1b[2J'), Buffer.from([0xff, 0xfe])]);

  test('that are no text are told by their bytes, be it the submission’s or a file’s', () => {
    const folder = pathIn(Buffer.from(outside), odd);
    mkdirSync(folder);
    mkdirSync(pathIn(folder, '07-doubling'));
    writeFileSync(pathIn(pathIn(folder, '07-doubling'), 'doubling.ts'), 'x');
    writeFileSync(pathIn(pathIn(folder, '07-doubling'), odd), 'x');
    const { name, modules, notes } = readFolder(folder, exercises);
    expect(name).toBe('a\n\x1b[2J[0xFF][0xFE]');
    expect(modules['07-doubling']?.files).toEqual({ 'doubling.ts': 'x' });
    expect(notes).toEqual([`07-doubling: ignored ${name}; only doubling.ts is the learner's`]);
  });

  test('as long as may be, and twenty thousand of them, make short notes in short time', () => {
    const long = 'é'.repeat(90);
    const script = 'cd "$1" && seq -f "99-%06g-$2" 1 20000 | xargs touch';
    put('07-doubling/doubling.ts');
    spawnSync('/bin/sh', ['-c', script, 'sh', root, long]);
    const start = performance.now();
    const { notes } = read();
    expect(performance.now() - start).toBeLessThan(2000); // ms: 20 alone
    expect(notes.join('').length).toBeLessThan(4096);
    expect(notes).toContainEqual('the submission holds more than 2,000 entries, of which only so many were looked at');
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
    expect(readFolder(root, [makeExercise({ folder })]).notes).toEqual([]);
  });

  test('that look like exercises are named, other things are not worth a word', () => {
    put(solution);
    for (const path of ['99-unknown/x.ts', 'node_modules/x/index.js', 'README.md', '.git/HEAD']) put(path);
    expect(read().notes).toEqual(['not graded, because not asked for or no exercise of this course: 99-unknown']);
  });

  test('a file in the place of a folder is named, and does no harm', () => {
    put('07-doubling');
    expect(read()).toMatchObject({ modules: {}, notes: ['07-doubling was not taken: it is no folder'] });
    rmSync(join(root, '07-doubling'));
    put('exercises');
    expect(read).toThrow(/exercises was not taken: it is no folder/);
  });
});

test.for([
  ['nowhere', /there is no folder nowhere/],
  [import.meta.filename, /is neither a folder nor a zip/],
] as const)('%s is no submission', ([path, words]) => {
  expect(() => readFolder(path, exercises)).toThrow(UserError);
  expect(() => readFolder(path, exercises)).toThrow(words);
});
