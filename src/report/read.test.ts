import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
