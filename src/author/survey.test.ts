import { expect, test } from 'vitest';

import { makeRace } from '../../test/support/sample.ts';
import { chooseExercises } from '../course/select.ts';
import { readCourse } from '../course/course.ts';
import { chooseDevice } from '../device/probe.ts';
import { CheckRunner } from '../run/run-checks.ts';
import type { Exercise } from '../course/exercise.ts';
import type { RunPlan } from '../run/plan.ts';
import { renderSurvey } from './survey-table.ts';
import { surveyDevice } from './survey.ts';

const asked = { lengths: [64, 16_384], races: 1, date: '2026-11-22' };
const [scan, warmUp] = ['15', '00'].flatMap((id) => chooseExercises(readCourse(), [id])) as [Exercise, Exercise];

/** A grader on whose machine every race is nine rounds of 4 ms against 1 ms, but who cannot hold the longest sequence, and where one check fails. */
const grader = {
  run: async (plan: RunPlan) => ({
    errors: [],
    records: plan.exercises.map(({ id, race: raced }) => {
      const record = { exercise: id, variant: 'x', check: 'race', applies: true, printed: '' };
      if (!plan.races)
        return {
          ...record,
          check: 'specification',
          evidence: {
            durationMs: 1,
            errorShare: 0.25,
            outcome: { status: 'fail' as const, cause: 'wrong-value' as const, message: 'no' },
          },
        };
      if (raced?.sizes['T'] === 16_384)
        return { ...record, evidence: { durationMs: 1, outcome: { status: 'ungraded' as const, reason: 'out of memory' } } };
      const race = makeRace(Array<number>(9).fill(4), { sizes: raced!.sizes, baselineMs: 4, candidateMs: 1 });
      return { ...record, evidence: { durationMs: 1, outcome: { status: 'pass' as const }, race } };
    }),
  }),
};
const wasm = { name: 'wasm', usable: true, kind: 'cpu', version: '4', reason: 'A test.' } as const;

test('an exercise is raced at its own length and at the others, and what could not be raced has its reason', async () => {
  const survey = await surveyDevice(grader, [scan], wasm, asked);
  expect(survey.races).toEqual([
    { exercise: scan.id, sizes: { B: 4, T: 64, H: 16 }, sequentialMs: 4, parallelMs: 1, speedup: 4, interval: [4, 4], rounds: 9 },
    { exercise: scan.id, sizes: { B: 4, T: 1024, H: 16 }, sequentialMs: 4, parallelMs: 1, speedup: 4, interval: [4, 4], rounds: 9 },
    { exercise: scan.id, sizes: { B: 4, T: 16_384, H: 16 }, reason: 'out of memory' },
  ]);
  expect(survey.correctness).toMatchObject({ passed: 0, others: [{ exercise: scan.id, check: 'specification' }] });
  expect(survey.errorShares).toEqual({ [scan.id]: 0.25 });
  expect(survey.thresholds).toEqual({ [scan.id]: { parallel: [4], sequential: [4], threshold: null } }); // a loop as fast as the scan leaves no honest line between
});

test('as Markdown it names what failed, what was not measured, and every figure', async () => {
  const text = renderSurvey(await surveyDevice(grader, [scan], wasm, asked));
  expect(text).toContain('Largest error: 25.0 % of what is allowed (15-associative-scan).');
  expect(text).toContain('| 15-associative-scan | B 4, T 64, H 16 | 4.00 | 1.00 | 4.00 | 4.00 to 4.00, 9 rounds |');
  expect(text).toContain('| B 4, T 16384, H 16 | *not measured* |  |  | out of memory |');
  expect(text).toContain('- 15-associative-scan, specification: {"status":"fail"');
});

test('for real: the warm-up on plain JavaScript is right and never timed', async () => {
  const runner = await CheckRunner.start();
  const survey = await surveyDevice(runner, [warmUp], await chooseDevice('cpu'), asked).finally(() => runner.close());
  expect(survey).toMatchObject({ correctness: { others: [] }, races: [], thresholds: {}, errors: [] });
  expect(survey.correctness.passed).toBeGreaterThan(0);
  expect(renderSurvey(survey)).toContain('Races: *not measured*');
}, 60_000); // ms: starts vitest and a box
