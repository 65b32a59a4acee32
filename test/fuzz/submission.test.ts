import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { array, assert, constantFrom, oneof, property, record, uint8Array, type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { codeOf, type Path } from '../../src/files.ts';
import { pathIn } from '../../src/intake/held-folder.ts';
import { NothingToGrade } from '../../src/intake/nothing-to-grade.ts';
import { readFolder } from '../../src/intake/read.ts';
import { makeExercise } from '../support/exercise.ts';
import { endWell, fuzzing } from '../support/fuzz.ts';
import { needs } from '../support/needs.ts';

const quick = '/dev/shm'; // memory where Linux has it: a disk takes ten times as long
const outside = mkdtempSync(join(existsSync(quick) ? quick : tmpdir(), 'unroll-fuzz-'));
const home = join(outside, 'home'); // made anew for each input
const secret = 'export const stolen = 1;';
const exercises = [
  makeExercise({ folder: join(outside, 'kit'), given: ['given.ts'] }),
  makeExercise({ id: '08-halving', files: ['halving.ts', 'cell.ts'] }),
];

beforeAll(() => {
  for (const id of ['07-doubling', '08-halving']) mkdirSync(join(outside, 'other', id), { recursive: true });
  for (const path of ['other/07-doubling/doubling.ts', 'other/08-halving/halving.ts', 'secret']) writeFileSync(join(outside, path), secret);
  mkdirSync(join(outside, 'kit'));
  writeFileSync(join(outside, 'kit', 'given.ts'), 'given');
  spawnSync('mkfifo', [join(outside, 'pipe')]);
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

/** Steps that the reader looks for, and steps that it should not stumble over; each is bytes, for a name need not be text. */
const step: Arbitrary<Buffer> = oneof(
  {
    weight: 8,
    arbitrary: constantFrom('exercises', '07-doubling', '08-halving', 'doubling.ts', 'halving.ts', 'cell.ts', 'given.ts').map((name) =>
      Buffer.from(name),
    ),
  },
  {
    weight: 2,
    arbitrary: constantFrom('99-x', '__proto__', 'constructor', '\u202e', '\u001b[2J\n::error::', 'é'.repeat(127), '...', '-rf').map(
      (name) => Buffer.from(name),
    ),
  },
  {
    weight: 1,
    arbitrary: uint8Array({ min: 1, minLength: 1, maxLength: 255 }).map((bytes) =>
      Buffer.from(bytes.map((byte) => (byte === 0x2f ? 0x2e : byte))),
    ),
  },
);

const contents: Arbitrary<Buffer> = oneof(
  uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  constantFrom('export {};', 'given', '', '\ufeffx', 'x\0').map((text) => Buffer.from(text)),
  constantFrom(1, 1, 1, 1, 1, 1, 1, 1, 1, 256 * 1024, 256 * 1024 + 1).map((size) => Buffer.alloc(size, 'x')),
  constantFrom('\ufeffx', 'x').map((text) => Buffer.from(text, 'utf16le')),
);

/** Where a link leads: out of the submission, round in a circle, to what never ends, and nowhere. */
const target = oneof(
  constantFrom('other', 'other/07-doubling', 'other/07-doubling/doubling.ts', 'other/08-halving').map((path) => join(outside, path)),
  constantFrom('../other', '.', '..', '/dev/zero', '/proc/self/environ', 'nowhere'),
);
const sought = constantFrom(
  'exercises',
  '07-doubling',
  '07-doubling/doubling.ts',
  'exercises/07-doubling/doubling.ts',
  '08-halving/cell.ts',
);
const path = oneof(
  sought.map((names) => names.split('/').map((name) => Buffer.from(name))),
  array(step, { minLength: 1, maxLength: 4 }),
);
const entry = record({
  path,
  kind: constantFrom('file', 'file', 'file', 'folder', 'link', 'hard-link', 'pipe'),
  contents,
  target,
});
type Entry = typeof entry extends Arbitrary<infer T> ? T : never;

/** Two plain files as an honest learner hands them in, half of the time: so that the reader gets to the end. */
const honest: readonly Entry[] = ['doubling.ts', 'notes.txt'].map((name) => ({
  path: [Buffer.from('07-doubling'), Buffer.from(name)],
  kind: 'file',
  contents: Buffer.from('export {};'),
  target: '.',
}));
const trees = record({ begin: constantFrom([], honest), entries: array(entry, { maxLength: 8 }) }).map(({ begin, entries }) => [
  ...begin,
  ...entries,
]);

/**
 * Puts a thing where it is wanted, through folders and never through a link: what this test writes stays in its own folder too. What the
 * file system does not allow, such as a folder below a file, is left out.
 */
function put({ path, kind, contents, target }: Entry): void {
  try {
    let folder: Path = Buffer.from(home);
    for (const name of path.slice(0, -1)) {
      if (isStep(name)) return;
      folder = pathIn(folder, name);
      const there = lstatSync(folder, { throwIfNoEntry: false });
      if (there === undefined) mkdirSync(folder);
      else if (!there.isDirectory()) return;
    }
    const last = path.at(-1) as Buffer;
    if (isStep(last)) return;
    const place = pathIn(folder, last);
    if (kind === 'file') writeFileSync(place, contents, { flag: 'wx' });
    if (kind === 'folder') mkdirSync(place);
    if (kind === 'link') symlinkSync(target, place);
    if (kind === 'hard-link') linkSync(join(outside, 'secret'), place);
    if (kind === 'pipe') linkSync(join(outside, 'pipe'), place);
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
  }
}

/** `.` and `..` lead elsewhere instead of naming something. */
const isStep = (name: Buffer) => name.equals(Buffer.from('.')) || name.equals(Buffer.from('..'));

/** Everything beside the submission, with its text. */
function lookOutside(): unknown[] {
  return readdirSync(outside, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('home') && name !== 'pipe')
    .toSorted()
    .map((name) => [name, /\.ts$|^secret$/.test(name) ? readFileSync(join(outside, name), 'utf8') : '']);
}

test('the submission reader ends well whatever it is given', { timeout: 300_000 /* ms: half a minute alone */ }, async (context) => {
  await needs(context, 'linux'); // elsewhere a name must be text
  let taken = 0;
  const before = lookOutside();
  assert(
    property(trees, (entries) => {
      mkdirSync(home);
      try {
        for (const each of entries) put(each);
        const read = endWell(() => readFolder(home, exercises));
        const told = read instanceof NothingToGrade ? read.message : JSON.stringify(read);
        expect(told).not.toContain('stolen');
        expect(told.length).toBeLessThan(read instanceof NothingToGrade ? 2048 : Infinity);
        if (read instanceof NothingToGrade) return;
        if (read instanceof Error) throw read; // its own folder can always be read
        for (const note of read.notes) expect(note.length).toBeLessThan(1024);
        for (const { files } of Object.values(read.modules))
          expect(Object.keys(files).filter((name) => !/^(doubling|halving|cell)\.ts$/.test(name))).toEqual([]);
        taken += Object.keys(read.modules).length;
      } finally {
        rmSync(home, { recursive: true, force: true });
      }
    }),
    fuzzing('submission reader'),
  );
  expect(lookOutside()).toEqual(before);
  expect(taken).toBeGreaterThan(0); // honest files are taken all the same
});
