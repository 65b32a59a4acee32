import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { readStamp, writeStamp } from './stamp.ts';

let folder: string;
const facts = { version: '2.21.0', kind: 'cpu', flavour: 'cpu', binding: '4.22.0', source: 'a test' } as const;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-stamp-'));
  await writeFile(join(folder, 'library'), 'twelve bytes');
  await writeStamp(folder, facts, ['library']);
});
afterEach(() => rm(folder, { recursive: true }));

test('a folder is whole with its stamp and its files', async () => {
  expect(await readStamp(folder)).toMatchObject({ ...facts, files: [{ path: 'library', size: 12 }] });
});

test('a file cut short, one gone, a stamp cut short: not whole', async () => {
  await truncate(join(folder, 'library'), 11);
  expect(await readStamp(folder)).toBeUndefined();
  await rm(join(folder, 'library'));
  expect(await readStamp(folder)).toBeUndefined();
  await writeFile(join(folder, 'library'), 'twelve bytes');
  await truncate(join(folder, 'stamp.json'), 20);
  expect(await readStamp(folder)).toBeUndefined();
});
