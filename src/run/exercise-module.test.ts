import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { compileExercise } from './exercise-module.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-exercise-module-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'given.ts'), "export const from = 'the kit';");
const exercise = makeExercise({ folder, given: ['given.ts'] });
const text = "export { from } from './given.ts';";

test.for<[string, Record<string, string>]>([
  ['brings none', {}],
  ['brings one of its own', { 'given.ts': "export const from = 'the learner';" }],
])("a module that %s gets the kit's copy of a given file", async ([, others]) => {
  const module = await compileExercise(exercise, { key: '07-doubling', entry: 'doubling.ts', files: { 'doubling.ts': text, ...others } });
  expect(module).toEqual({ key: '07-doubling', code: expect.stringContaining('the kit') });
  expect(module).not.toMatchObject({ code: expect.stringContaining('the learner') });
});
