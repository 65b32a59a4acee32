import { expect, test } from 'vitest';

import type { RunPlan, Variant } from '../run/plan.ts';
import { makeExercise } from '../../test/support/exercise.ts';
import { makeRace } from '../../test/support/sample.ts';
import { readCourse } from '../course/course.ts';
import { calibrateRaces, proposeThreshold } from './calibrate.ts';

test.for([
  [[32, 30], [1.2, 1.1], 6],
  [[2.9, 3], [1, 0.8], 1.7],
  [[2], [1], undefined], // not far enough from either
  [[1.1], [0.1], undefined], // a threshold below one asks for nothing
  [[], [1], undefined],
] as const)('%j against %j gives %j', ([parallel, sequential, threshold]) => {
  expect(proposeThreshold(parallel, sequential)).toBe(threshold);
});

const wasm = { name: 'wasm', usable: true, kind: 'cpu', version: null, reason: '' } as const;
const raced = readCourse().exercises.find(({ race }) => race !== undefined)!;

test('the solution and its sequential pass in the same place are raced, and what was measured is said', async () => {
  const speed = { parallel: 9, sequential: 1 };
  const runs: { plan: RunPlan; variants: readonly Variant[] }[] = [];
  const run = async (plan: RunPlan, variants: readonly Variant[]) => {
    runs.push({ plan, variants });
    const isLoop = JSON.stringify(variants).includes('original.');
    const race = makeRace(Array<number>(9).fill(isLoop ? speed.sequential : speed.parallel));
    const record = {
      exercise: raced.id,
      variant: 'calibration',
      check: 'race',
      evidence: { outcome: { status: 'pass' as const }, durationMs: 1, race },
      applies: true,
      printed: '',
    };
    return { records: [record], errors: [] };
  };
  const [found] = await calibrateRaces({ run }, [raced, makeExercise()], wasm, { races: 2, date: '2026-11-22' });
  expect(found).toMatchObject({
    deviceClass: 'wasm',
    parallel: [9, 9],
    sequential: [1, 1],
    threshold: { speedup: 3, from: expect.stringMatching(/2 races each.*9, 9 times.*1, 1 times/) },
  });
  expect(new Set(runs.map(({ plan }) => plan.checks?.join()))).toEqual(new Set(['race']));
  const [, disguised] = runs;
  expect(JSON.stringify(disguised?.variants)).toContain(`export const ${raced.race?.candidate} = original.${raced.race?.baseline};`);
});

test('what is never timed is not calibrated', async () => {
  expect(
    await calibrateRaces({ run: async () => expect.unreachable() }, [raced], { ...wasm, name: 'cpu' }, { races: 1, date: '' }),
  ).toEqual([]);
});
