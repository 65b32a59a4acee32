import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { kitRoot } from '../course/places.ts';
import type { DeviceReport } from '../result/device.ts';
import { makePlan } from './plan.ts';
import { CheckRunner } from './run-checks.ts';

const device: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: null, reason: 'a test' };
const root = mkdtempSync(join(tmpdir(), 'unroll-fault-'));
const id = '07-odd';
const checks = { reads: 'reads a list of the answer', broken: 'cannot be passed by anybody' };

// A course of one exercise, whose second check is a mistake of the kit.
const testFile = `
import { exerciseChecks } from ${JSON.stringify(join(kitRoot, 'src/authoring.ts'))};
const check = exerciseChecks(import.meta.dirname, { passes: {}, misconceptions: {} });
check('reads', async ({ ask, require, random }) => {
  const { list } = await ask('f', { x: random.normal([3]) });
  require(list.map((value) => value + 1).length === 3, 'three numbers');
});
check('broken', async ({ ask, random }) => {
  await ask('f', { x: random.normal([3]) });
  undefined.missing;
});`;
const solution = 'export const f = ({ x }) => ({ list: x.clone() });';

let runner: CheckRunner;
beforeAll(async () => {
  for (const part of ['exercises', 'solutions']) mkdirSync(join(root, part, id), { recursive: true });
  writeFileSync(join(root, 'exercises', id, 'odd.test.ts'), testFile);
  writeFileSync(join(root, 'solutions', id, 'odd.ts'), solution);
  runner = await CheckRunner.start(undefined, root);
});
afterAll(async () => {
  await runner.close();
  rmSync(root, { recursive: true });
});

/** The outcome of each check for what a learner hands in. */
async function outcomesOf(code: string) {
  const facts = Object.fromEntries(Object.entries(checks).map(([check, title]) => [check, { title, points: 1, lookAt: '' }]));
  const exercise = makeExercise({ folder: join(root, 'exercises', id), id, files: ['odd.ts'], checks: facts });
  const plan = makePlan({ exercises: [exercise], device, seed: 'seed', races: false });
  const { records, errors } = await runner.run(plan, [
    { id: 'learner', modules: { [id]: { key: id, entry: 'odd.ts', files: { 'odd.ts': code } } } },
  ]);
  expect(errors).toEqual([]);
  return Object.fromEntries(records.map(({ check, evidence }) => [check, evidence.outcome]));
}

test('an answer that a check cannot read fails, where the kit’s own solution gets through', async () => {
  const { reads } = await outcomesOf('export const f = ({ x }) => ({ other: x.clone() });');
  expect(reads).toMatchObject({
    status: 'fail',
    cause: 'bad-answer',
    message: expect.stringMatching(/^the answer cannot be read: .*; the kit's own solution passes this check with the same inputs$/),
  });
});

test('what the kit’s own solution does not get through either is ungraded', async () => {
  const { reads, broken } = await outcomesOf(solution);
  expect(reads).toEqual({ status: 'pass' });
  expect(broken).toMatchObject({ status: 'ungraded', reason: expect.stringContaining('a defect of the kit') });
});

test('a submission that fails by its own doing on the way to a mistake of the kit fails', async () => {
  const { broken } = await outcomesOf('export const f = () => { throw new Error("no"); };');
  expect(broken).toMatchObject({ status: 'fail', cause: 'threw' });
});
