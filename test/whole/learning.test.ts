import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { kitRoot } from '../../src/course/places.ts';

/** Test files of exercises that `npx vitest WORDS` would run. */
async function listLearners(...words: readonly string[]): Promise<string[]> {
  const vitest = [join(kitRoot, 'node_modules/vitest/vitest.mjs'), 'list', '--filesOnly', ...words];
  const { stdout } = await promisify(execFile)(process.execPath, vitest, { cwd: kitRoot });
  return stdout.split('\n').filter((line) => line.includes('exercises/'));
}

test("vitest without words runs no learner's file, and with a folder of exercises that one", async () => {
  expect(await listLearners()).toEqual([]);
  expect(await listLearners('exercises/02-elman-sequence')).toEqual(['[course] exercises/02-elman-sequence/elman-sequence.test.ts']);
  expect((await listLearners('exercises/')).length).toBeGreaterThan(20);
});
