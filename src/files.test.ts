import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { writeWhole } from './files.ts';

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
