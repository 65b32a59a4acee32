import { spawnSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { needs } from '../test/support/needs.ts';
import { asNobody } from '../test/support/nobody.ts';
import { readPlainFile, writeWhole } from './files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file is written whole, in folders that need not exist, and its path returned', async () => {
  const path = join(folder, 'a/b/result.json');
  expect(await writeWhole(path, '{"ü": 1}\n')).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('{"ü": 1}\n');
  expect(readdirSync(join(folder, 'a/b'))).toEqual(['result.json']);
});

test('a reader sees the old text or the new one, never a part: who has the old file open keeps it', async () => {
  const path = join(folder, 'result.json');
  writeFileSync(path, 'old');
  const reader = openSync(path, 'r');
  await writeWhole(path, 'new text');
  const seen = Buffer.alloc(20);
  expect(seen.toString('utf8', 0, readSync(reader, seen, 0, 20, 0))).toBe('old');
  closeSync(reader);
  expect(readFileSync(path, 'utf8')).toBe('new text');
});

test('a write that fails leaves the old state and no draft', async () => {
  const path = join(folder, 'taken');
  mkdirSync(join(path, 'inner'), { recursive: true });
  await expect(writeWhole(path, 'text')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('many writers at once leave one of their texts, whole', async () => {
  const path = join(folder, 'result.json');
  const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
  await Promise.all(texts.map((text) => writeWhole(path, text)));
  expect(texts).toContain(readFileSync(path, 'utf8'));
  expect(readdirSync(folder)).toEqual(['result.json']);
});

describe('a file that may be anything', () => {
  const most = 100_000; // bytes
  const at = () => join(folder, 'it');
  const makers: Record<string, [() => unknown, object, object]> = {
    'nothing there': [() => undefined, { refusal: 'absent' }, { refusal: 'absent' }],
    'a folder': [() => mkdirSync(at()), { refusal: 'not-plain' }, { refusal: 'not-plain' }],
    'a pipe that nobody writes to': [() => spawnSync('mkfifo', [at()]), { refusal: 'not-plain' }, { refusal: 'not-plain' }],
    'a device without end': [() => symlinkSync('/dev/zero', at()), { refusal: 'not-plain' }, { refusal: 'link' }],
    'a link': [() => (writeFileSync(join(folder, 'x'), 'x'), symlinkSync('x', at())), { bytes: Buffer.from('x') }, { refusal: 'link' }],
    'a file with two names': [
      () => (writeFileSync(join(folder, 'x'), 'x'), linkSync(join(folder, 'x'), at())),
      { bytes: Buffer.from('x') },
      { refusal: 'hard-link' },
    ],
    'one byte too many': [() => writeFileSync(at(), 'x'.repeat(most + 1)), { refusal: 'too-large' }, { refusal: 'too-large' }],
    'as many bytes as may be': [
      () => writeFileSync(at(), 'x'.repeat(most)),
      { bytes: Buffer.alloc(most, 'x') },
      { bytes: Buffer.alloc(most, 'x') },
    ],
    'an empty file': [() => writeFileSync(at(), ''), { bytes: Buffer.alloc(0) }, { bytes: Buffer.alloc(0) }],
  };

  test.for(Object.entries(makers))('%s', ([, [make, own, strangers]]) => {
    make();
    expect(readPlainFile(at(), { most })).toMatchObject(own);
    expect(readPlainFile(at(), { most, stranger: true })).toMatchObject(strangers);
  });

  test('whose size the system does not say is read to its end, and no further than allowed', async (context) => {
    await needs(context, 'linux');
    const read = readPlainFile('/proc/self/status', { most }); // says that it has no bytes
    expect('bytes' in read && read.bytes.toString()).toMatch(/^Name:/);
    expect(readPlainFile('/proc/self/status', { most: 10 })).toEqual({ refusal: 'too-large' });
  });

  test('that one may not read', () => {
    writeFileSync(at(), 'x', { mode: 0o000 });
    expect(asNobody(folder, () => readPlainFile(at(), { most }))).toEqual({ refusal: 'unreadable', code: 'EACCES' });
  });
});
