import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import { readGradebook, readResult } from './read.ts';
import { makeClass, makeVariedResult } from '../../test/support/sample-class.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-read-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function save(value: unknown): Promise<string> {
  const path = join(folder, 'file.json');
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

async function messageOfReading(value: unknown, read: (path: string) => Promise<unknown> = readResult): Promise<string> {
  const thrown: unknown = await read(await save(value)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(UserError);
  return thrown instanceof UserError ? thrown.message.replace(folder, '') : '';
}

test('a result and a gradebook come back as they were written', async () => {
  expect(await readResult(await save(makeVariedResult()))).toEqual(makeVariedResult());
  expect(await readGradebook(await save(makeClass(3)))).toEqual(makeClass(3));
});

test('a field of a later version is no mistake', async () => {
  expect(await readResult(await save({ ...makeVariedResult(), later: 1 }))).toEqual(makeVariedResult());
});

test('the first problem is said with the file and the place', async () => {
  const result = makeVariedResult();
  expect(await messageOfReading({ ...result, seed: 4 })).toMatch(/^\/file\.json is not a result that this kit can read: seed: .+\.$/);
  const broken = { ...result, exercises: [{ ...result.exercises[0], points: { earned: -1, measured: 1, possible: 1 } }] };
  expect(await messageOfReading(broken)).toContain('exercises[0].points.earned: ');
});

test('another schema, no JSON, no file and a folder each say so in one line', async () => {
  expect(await messageOfReading(makeVariedResult(), readGradebook)).toContain('is not a gradebook that this kit can read: schema: ');
  expect(await messageOfReading('{"schema":')).toContain('it is not JSON');
  await expect(readResult(join(folder, 'none.json'))).rejects.toThrow(/^There is no result at .*none\.json\.$/);
  await expect(readResult(folder)).rejects.toThrow(/cannot be read/);
});

test('a file of 500 MB and a pipe end in one sentence, before anything is read', async () => {
  const path = await save('');
  await truncate(path, 500e6);
  await expect(readGradebook(path)).rejects.toThrow(/not a gradebook that this kit can read: it is larger than 256 MiB\.$/);
  await expect(readResult(path)).rejects.toThrow(/not a result that this kit can read: it is larger than 16 MiB\.$/);
  await rm(path);
  spawnSync('mkfifo', [path]);
  await expect(readResult(path)).rejects.toThrow(/cannot be read: it is not a plain file\.$/);
});

test('a hundred thousand brackets are no result', async () => {
  const brackets = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(await messageOfReading(brackets)).toMatch(/is not a result that this kit can read: Invalid input: [^\n]+\.$/);
  const deep = JSON.stringify({ ...makeVariedResult(), seed: 0, later: 0 });
  expect(await messageOfReading(deep.replace('"seed":0', `"seed":${brackets}`))).toMatch(/: seed: [^\n]+\.$/);
  expect(await readResult(await save(deep.replace('"seed":0', '"seed":"s"').replace('"later":0', `"later":${brackets}`)))).toMatchObject({
    seed: 's',
  });
});

test('a key like __proto__ changes nothing', async () => {
  const text = JSON.stringify(makeVariedResult()).replace('{', '{"__proto__":{"polluted":true},');
  const result = await readResult(await save(text));
  expect([result, 'polluted' in result, 'polluted' in {}]).toEqual([makeVariedResult(), false, false]);
});
