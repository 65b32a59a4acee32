import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readExercise } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { makeExercise } from '../../test/support/exercise.ts';
import { kitRoot } from '../course/places.ts';
import type { DeviceReport } from '../result/device.ts';
import type { Outcome } from '../result/evidence.ts';
import { CheckRunner } from '../run/run-checks.ts';
import { proveExercises } from './proof.ts';

const device: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: null, reason: 'a test' };
const root = mkdtempSync(join(tmpdir(), 'unroll-proof-'));
const warmUp = '00-warm-up';
// A copy of the warm-up in a course of its own, so that its stub and solution can be exchanged.
beforeAll(() => {
  for (const part of ['exercises', 'solutions']) cpSync(join(kitRoot, part, warmUp), join(root, part, warmUp), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

type Outcomes = Record<string, Record<string, Outcome>>;
const pass = { status: 'pass' } as const;
const dies = (misconception?: string) =>
  ({ status: 'fail', cause: 'wrong-value', message: 'm', ...(misconception === undefined ? {} : { misconception }) }) as const;
const unfinished = { status: 'fail', cause: 'unfinished', message: 'still to be written' } as const;
const notMeasured = { status: 'not-measured', reason: 'loops' } as const;

/** A course that holds: what the checks say of each variant. The exercise's checks are values, gradients and kernels. */
const holds: Outcomes = {
  stub: { values: unfinished, gradients: unfinished, kernels: unfinished },
  solution: { values: pass, gradients: pass, kernels: pass },
  'cuts-gradient': { values: pass, gradients: dies(), kernels: pass },
  'sequential-in-disguise': { values: pass, gradients: pass, kernels: dies() },
  ...Object.fromEntries(
    ['one', 'two', 'three'].map((id) => [`misconception:${id}`, { values: dies(id), gradients: pass, kernels: notMeasured }]),
  ),
};

/** What a proof sees where the checks said this. */
async function proofOf(outcomes: Outcomes, facts: Partial<Exercise> = {}, errors: string[] = []) {
  const exercise = makeExercise({ folder: join(root, 'exercises', warmUp), id: warmUp, files: ['warm-up.ts'], ...facts });
  const records = Object.entries(outcomes).flatMap(([variant, checks]) =>
    Object.entries(checks).map(([check, outcome]) => ({
      exercise: warmUp,
      variant,
      check,
      evidence: { outcome, durationMs: 1, errorShare: variant === 'solution' ? 0.25 : 9 },
      applies: true,
      printed: '',
    })),
  );
  const [proof] = await proveExercises({ run: async () => ({ records, errors }) }, [exercise], device, 'seed');
  expect(proof?.errorShare).toBe('solution' in outcomes ? 0.25 : 0);
  return proof;
}

async function problemsOf(...args: Parameters<typeof proofOf>): Promise<readonly string[]> {
  return (await proofOf(...args))?.problems ?? [];
}
const but = (variant: string, marks: Outcomes[string]): Outcomes => ({ ...holds, [variant]: { ...holds[variant], ...marks } });
const without = (variant: string): Outcomes => Object.fromEntries(Object.entries(holds).filter(([name]) => name !== variant));

test('a course that holds has no problems', async () => {
  expect(await problemsOf(holds)).toEqual([]);
});

describe('of an unfinished exercise', () => {
  test('what is still to come is no problem', async () => {
    const begun = { ...without('misconception:three'), 'misconception:two': { values: pass, gradients: pass, kernels: pass } };
    const needed = ['misconception:two: survives every check', 'has 2 misconceptions; at least 3 are needed'];
    expect(await problemsOf(begun)).toEqual(needed);
    expect(await problemsOf(begun, { unfinished: true })).toEqual([]);
    expect((await proofOf(begun, { unfinished: true }))?.todo).toEqual(needed);
  });

  test.for<[string, Outcomes, string[]]>([
    ['a stub that passes', but('stub', { values: pass }), ['stub: passes values']],
    ['a solution that fails', but('solution', { values: dies() }), ['solution: fails values: m']],
  ])('%s is one', async ([, outcomes, problems]) => {
    expect(await problemsOf(outcomes, { unfinished: true })).toEqual(problems);
  });
});

describe('a broken course is noticed', () => {
  const kernelsFor = (outcome: Outcome) => but('solution', { kernels: outcome });
  test.for<[string, Outcomes, string[]]>([
    ['a stub that passes', but('stub', { values: pass }), ['stub: passes values']],
    [
      'a stub that fails for another reason',
      but('stub', { values: dies() }),
      ['stub: fails values for another reason than being unwritten'],
    ],
    ['a solution that fails', but('solution', { values: dies() }), ['solution: fails values: m']],
    ['a solution that is not asked', kernelsFor(notMeasured), ['solution: does not pass kernels: loops']],
    [
      'a solution of which nothing is known',
      kernelsFor({ status: 'not-measured', reason: 'noise' }),
      ['solution: does not pass kernels: noise'],
    ],
    [
      'a check that cannot be graded',
      kernelsFor({ status: 'ungraded', reason: 'a defect' }),
      ['solution: kernels could not be graded: a defect'],
    ],
    ['a misconception that survives', but('misconception:two', { values: pass }), ['misconception:two: survives every check']],
    [
      'one that dies without its name',
      but('misconception:two', { values: dies() }),
      ['misconception:two: dies by values but is never named'],
    ],
    [
      'one that is called by another’s name',
      but('misconception:two', { gradients: dies('one') }),
      ['misconception:two: gradients calls it one'],
    ],
    [
      'a mutant that survives',
      but('cuts-gradient', { gradients: pass, values: dies() }),
      ['cuts-gradient: survives gradients, which exists to notice it', 'gradients kills nothing: no misconception or mutant fails it'],
    ],
    ['two misconceptions alone', without('misconception:three'), ['has 2 misconceptions; at least 3 are needed']],
    ['a check that was left out', { ...holds, solution: { values: pass, gradients: pass } }, ['solution: kernels did not run']],
    [
      'a solution that was never checked',
      without('solution'),
      ['values', 'gradients', 'kernels'].map((check) => `solution: ${check} did not run`),
    ],
  ])('%s', async ([, outcomes, problems]) => {
    expect(await problemsOf(outcomes)).toEqual(problems);
  });

  test('no variant at all leaves no exercise proven, and an error of the grader is a problem by itself', async () => {
    expect(await problemsOf({})).not.toEqual([]);
    expect(await problemsOf(holds, {}, ['a worker died'])).toEqual(['a worker died']);
  });

  test('a test that asks in another order than exercise.yaml', async () => {
    const swapped = Object.fromEntries(
      Object.entries(holds).map(([variant, { values, gradients, ...others }]) => [variant, { gradients, values, ...others }]),
    ) as Outcomes;
    expect(await problemsOf(swapped)).toEqual(['the test asks gradients where exercise.yaml has values: put both into one order']);
  });

  test('a stub that comes solved must pass', async () => {
    expect(await problemsOf(but('stub', holds['solution']!), { solved: true })).toEqual([]);
    expect(await problemsOf(holds, { solved: true })).toContain('stub: fails values: still to be written');
  });
});

test(
  'for real: the warm-up holds, and does not once its stub is its solution and its solution is empty',
  { timeout: 240_000 /* ms: two proofs on a busy machine */ },
  async () => {
    const exercise = readExercise(join(root, 'exercises', warmUp));
    const runner = await CheckRunner.start();
    const [good] = await proveExercises(runner, [exercise], device, 'seed');
    writeFileSync(join(root, 'solutions', warmUp, 'warm-up.ts'), 'export const somethingElse = 1;\n');
    const [bad] = await proveExercises(runner, [{ ...exercise, solved: false }], device, 'seed');
    await runner.close();
    expect(good?.problems).toEqual([]);
    expect(good?.errorShare).toBeLessThan(1);
    expect(bad?.problems).toEqual(
      expect.arrayContaining(['stub: passes sequential', expect.stringMatching(/^solution: fails sequential: .*does not export/)]),
    );
  },
);
