import { describe, expect, test } from 'vitest';

import { exerciseFile } from '../../test/support/exercise.ts';
import { exerciseSchema } from './exercise.ts';

const race = {
  baseline: 'doubleSequential',
  candidate: 'doubleParallel',
  sizes: { T: 8 },
  thresholds: { wasm: { speedup: 2, from: 'nothing yet' } },
};
const check = exerciseFile.checks.values;
const mistakesIn = (facts: object) =>
  exerciseSchema.safeParse({ ...exerciseFile, ...facts }).error?.issues.map(({ path }) => path.join('.')) ?? [];

test('a right file is taken, and what it leaves out has its default', () => {
  expect(exerciseSchema.parse({ ...exerciseFile, race })).toMatchObject({
    solved: false,
    race: { thresholds: { wasm: { provisional: false } } },
  });
});

describe('a mistake is found', () => {
  test.for<[string, object, string]>([
    ['another format', { format: 2 }, 'format'],
    ['an id without its number', { id: 'doubling' }, 'id'],
    ['an id that leads elsewhere', { id: '07-../doubling' }, 'id'],
    ['no effort', { effortMinutes: 0 }, 'effortMinutes'],
    ['no file', { files: [] }, 'files'],
    ['a file elsewhere', { files: ['../../solutions/doubling.ts'] }, 'files.0'],
    ['a test for a file', { files: ['doubling.test.ts'] }, 'files.0'],
    ['a pass of no known kind', { passes: { double: 'fast' } }, 'passes.double'],
    ['a check whose id cannot be a name', { checks: { 'No Name': check } }, 'checks.No Name'],
    ['points below zero', { checks: { values: { ...check, points: -1 } } }, 'checks.values.points'],
    ['points that are no number', { checks: { values: { ...check, points: NaN } } }, 'checks.values.points'],
    ['a check that says nothing to look at', { checks: { values: { ...check, lookAt: ' ' } } }, 'checks.values.lookAt'],
    ['two hints', { hints: ['a', 'b'] }, 'hints'],
    ['four hints', { hints: ['a', 'b', 'c', 'd'] }, 'hints'],
    ['no reference', { references: [] }, 'references'],
    [
      'a threshold that a pass as slow as the baseline beats',
      { race: { ...race, thresholds: { wasm: { speedup: 1, from: 'x' } } } },
      'race.thresholds.wasm.speedup',
    ],
    ['a threshold from nowhere', { race: { ...race, thresholds: { wasm: { speedup: 2 } } } }, 'race.thresholds.wasm.from'],
    [
      'a threshold for a device that is never timed',
      { race: { ...race, thresholds: { cpu: { speedup: 2, from: 'x' } } } },
      'race.thresholds',
    ],
    ['a size of half a step', { race: { ...race, sizes: { T: 0.5 } } }, 'race.sizes.T'],
    ['a field that nobody knows', { hint: 'x' }, ''],
  ])('%s', ([, facts, path]) => {
    expect(mistakesIn(facts)).toContain(path);
  });
});
