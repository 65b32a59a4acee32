import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
  string,
  uint8Array,
  type Arbitrary,
} from 'fast-check';
import { afterAll, expect, test } from 'vitest';

import { ArchiveRefused, readArchive } from '../../src/driver/read-archive.ts';
import { searchFolder } from '../../src/intake/search.ts';
import { PackedFolder } from '../../src/intake/packed-folder.ts';
import { archiveLimits, type ArchiveContents } from '../../src/wire/archive.ts';
import { makeTar, makeZip } from '../support/archives.ts';
import { makeExercise } from '../support/exercise.ts';
import { fuzzing } from '../support/fuzz.ts';

const longestMs = 2000; // of one archive; most take less than one
const home = mkdtempSync(join(tmpdir(), 'unroll-fuzz-archive-'));
const here = process.cwd();
process.chdir(home); // what an archive wrote by a name of its own would be seen here, or one folder up
afterAll(() => {
  process.chdir(here);
  rmSync(home, { recursive: true });
});

const exercises = [makeExercise(), makeExercise({ id: '08-halving', files: ['halving.ts', 'cell.ts'] })];
const wish = {
  wanted: exercises.flatMap(({ id, files }) => files.map((name) => `${id}/${name}`)),
  mostFileBytes: 256 * 1024,
};

const names: Arbitrary<string> = oneof(
  {
    weight: 4,
    arbitrary: constantFrom(
      'exercises/07-doubling/doubling.ts',
      '07-doubling/doubling.ts',
      'a/08-halving/cell.ts',
      'exercises',
      'exercises/',
      'work.zip',
    ),
  },
  {
    weight: 2,
    arbitrary: constantFrom(
      '../unroll-fuzz-stray',
      '/tmp/unroll-fuzz-stray',
      'C:\\x',
      'a\\..\\b',
      '__proto__/constructor',
      '',
      '.',
      '//',
      'a\0b',
      './a/../b',
    ),
  },
  { weight: 1, arbitrary: string({ unit: 'binary', maxLength: 300 }) },
);
const contents = oneof(
  uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  constantFrom('export {};', '', 'x'.repeat(70_000)).map((text) => Buffer.from(text)),
);
const number = oneof(nat({ max: 100 }), nat({ max: 0xffff }), constantFrom(0, 0xffff, 0x7fffffff, 0xffffffff));
/** Undefined, for what is true, mostly: one header in nine lies. */
const some = <T>(values: Arbitrary<T>) => oneof({ weight: 8, arbitrary: constant(undefined) }, { weight: 1, arbitrary: values });

const zipPart = record({
  name: names,
  data: contents,
  method: some(constantFrom(0, 8, 9, 14, 99)),
  flags: some(nat({ max: 0xffff })),
  mode: some(constantFrom(0o120777, 0o040755, 0o020666, 0o010644, 0)),
  size: some(number),
  crc: some(number),
  packed: some(contents),
  localName: some(names),
  offset: some(number),
}).map(
  (part) =>
    Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as unknown as Parameters<typeof makeZip>[0][number],
);

const tarPart = record({
  name: names.map((name) => (name === '' ? 'x' : name.replaceAll('\0', '.'))),
  data: contents,
  type: constantFrom(
    'File',
    'File',
    'File',
    'Directory',
    'SymbolicLink',
    'Link',
    'FIFO',
    'CharacterDevice',
    'NextFileHasLongPath',
    'ExtendedHeader',
  ),
  link: constantFrom('/etc/passwd', '../x'),
  size: some(number),
}).map(({ size, link, ...part }) => ({
  ...part,
  ...(part.type.endsWith('Link') ? { link } : {}),
  ...(size === undefined ? {} : { size }),
}));

/** An archive, and then some of its bytes changed, taken out or repeated. */
const built: Arbitrary<Buffer> = oneof(
  array(zipPart, { maxLength: 6 }).map((parts) => makeZip(parts)),
  array(tarPart, { maxLength: 6 }).map((parts) => makeTar(parts)),
);
const change = record({ at: nat(), bytes: uint8Array({ maxLength: 8 }), kind: constantFrom('write', 'cut', 'repeat', 'end') });
type Change = typeof change extends Arbitrary<infer T> ? T : never;

function apply(bytes: Buffer, { at, bytes: added, kind }: Change): Buffer {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  if (kind === 'write') return Buffer.concat([before, added, after.subarray(added.length)]);
  if (kind === 'cut') return Buffer.concat([before, after.subarray(added.length)]);
  return kind === 'end' ? before : Buffer.concat([before, after.subarray(0, 64), after]);
}

const mutated = record({ bytes: built, changes: array(change, { maxLength: 3 }), zipped: constantFrom(false, false, true) }).map(
  ({ bytes, changes, zipped }) => {
    const inner = zipped && changes.length > 1 ? changes.slice(1).reduce(apply, bytes) : bytes;
    return zipped
      ? [changes[0]].flatMap((first) => (first === undefined ? [] : [first])).reduce(apply, gzipSync(inner, { level: 1 }))
      : changes.reduce(apply, bytes);
  },
);

/** Headers without an archive: the marks that a reader looks for, and noise. */
const generated = array(
  oneof(
    constantFrom('PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x07', 'ustar\0', '\x1f\x8b\x08\0').map((mark) =>
      Buffer.from(mark, 'latin1'),
    ),
    uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
    integer({ min: 1, max: 600 }).map((length) => Buffer.alloc(length)),
    number.map((value) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value);
      return bytes;
    }),
  ),
  { maxLength: 12 },
).map((pieces) => Buffer.concat(pieces));

const archive = oneof({ weight: 4, arbitrary: mutated }, { weight: 1, arbitrary: generated });

/** What the reader makes of it within two seconds: contents that keep to the limits, or a refusal in a sentence. */
async function readWell(bytes: Buffer): Promise<ArchiveContents | ArchiveRefused> {
  const start = performance.now();
  try {
    return await readArchive(bytes, wish);
  } catch (thrown) {
    if (!(thrown instanceof ArchiveRefused)) throw thrown;
    if (thrown.message.length > 400) throw new Error(`a sentence of ${thrown.message.length} characters`, { cause: thrown });
    return thrown;
  } finally {
    const took = performance.now() - start;
    // oxlint-disable-next-line no-unsafe-finally -- slowness is a failure, whatever else happened
    if (took > longestMs) throw new Error(`it took ${Math.round(took)} ms`);
  }
}

function judge({ entries, strays }: ArchiveContents): number {
  expect(strays.length).toBeLessThanOrEqual(6);
  expect(new Set(entries.map(({ path }) => path)).size).toBe(entries.length);
  let taken = 0;
  for (const { path, kind, bytes, refused } of entries) {
    const steps = path.split('/');
    expect(steps.filter((step) => step === '' || step === '.' || step === '..' || step.includes('\\') || step.includes('\0'))).toEqual([]);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(archiveLimits.nameBytes);
    if (bytes === undefined) continue;
    expect({ kind, refused, wanted: wish.wanted.includes(steps.slice(-2).join('/')) }).toEqual({
      kind: 'file',
      refused: undefined,
      wanted: true,
    });
    expect(Buffer.from(bytes, 'base64').length).toBeLessThanOrEqual(wish.mostFileBytes);
    taken++;
  }
  const { roots } = searchFolder(PackedFolder.of(entries), exercises);
  expect(roots.length).toBeLessThanOrEqual(entries.length);
  return taken;
}

test('the reader of archives ends well whatever it is given', { timeout: 300_000 /* ms: a minute alone */ }, async () => {
  const beside = () => readdirSync(join(home, '..')).filter((name) => name.startsWith('unroll-fuzz-stray'));
  let [taken, refused] = [0, 0];
  await assert(
    asyncProperty(archive, async (bytes) => {
      const read = await readWell(bytes);
      if (read instanceof ArchiveRefused) refused++;
      else taken += judge(read);
    }),
    fuzzing('reader of archives'),
  );
  expect([...readdirSync(home), ...beside()]).toEqual([]);
  expect(existsSync('/tmp/unroll-fuzz-stray')).toBe(false);
  expect(taken).toBeGreaterThan(100); // honest files are taken all the same
  expect(refused).toBeGreaterThan(100);
});
