import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestCase, TestModule } from 'vitest/node';

import type { CheckRecord } from './check-record.ts';
import { readExercise } from '../course/course.ts';
import { makeExercise } from '../../test/support/exercise.ts';
import { kitRoot } from '../course/places.ts';
import type { DeviceReport } from '../result/device.ts';
import type { Outcome } from '../result/evidence.ts';
import { makePlan, type RunPlan } from './plan.ts';
import { CheckRunner, Collector } from './run-checks.ts';

const record = (outcome: Outcome): CheckRecord => ({
  exercise: 'e',
  variant: 'v',
  check: 'c',
  evidence: { outcome, durationMs: 1 },
  applies: true,
  printed: '',
});
const outcomes = {
  pass: { status: 'pass' },
  fail: { status: 'fail', cause: 'threw', message: 'no' },
  'not-measured': { status: 'not-measured', reason: 'noise' },
  ungraded: { status: 'ungraded', reason: 'a defect' },
} as const;

/** A finished test as vitest reports it, as far as the collector looks. */
const finished = (state: string, meta: object) =>
  ({ name: 'v c', meta: () => meta, result: () => ({ state, errors: [{ message: 'thrown' }] }) }) as unknown as TestCase;

test('only progress is passed on of what a test remarks', () => {
  const said: string[] = [];
  const collector = new Collector();
  collector.reset({ onProgress: (text) => said.push(text) });
  for (const type of ['notice', 'progress']) collector.onTestCaseAnnotate({} as TestCase, { type, message: `run 1 of 9, ${type}` });
  expect(said).toEqual(['run 1 of 9, progress']);
});

describe('a finished test is believed where vitest and the check agree', () => {
  test.for([
    ['passed', 'pass'],
    ['failed', 'fail'],
    ['failed', 'ungraded'],
    ['skipped', 'not-measured'],
  ] as const)('%s and %s', ([state, outcome]) => {
    const collector = new Collector();
    const seen: CheckRecord[] = [];
    collector.reset({ onRecord: (one) => seen.push(one) });
    collector.onTestCaseResult(finished(state, { unroll: record(outcomes[outcome]) }));
    expect(collector.take()).toEqual({ records: [record(outcomes[outcome])], errors: [] });
    expect(seen).toEqual([record(outcomes[outcome])]);
  });

  test.for([
    ['passed', 'fail'],
    ['passed', 'ungraded'],
    ['passed', 'not-measured'],
    ['failed', 'pass'],
    ['skipped', 'pass'],
    ['skipped', 'fail'],
    ['passed', undefined],
    ['failed', undefined],
    ['skipped', undefined],
  ] as const)('%s and %s is an error of the grader, and no record', ([state, outcome]) => {
    const collector = new Collector();
    collector.onTestCaseResult(finished(state, outcome === undefined ? {} : { unroll: record(outcomes[outcome]) }));
    expect(collector.take()).toEqual({
      records: [],
      errors: [`v c: vitest says ${state} and the check says ${outcomes[outcome ?? 'pass'] && (outcome ?? 'nothing')} (thrown)`],
    });
  });
});

test('a test file that does not load and an error outside of every test are errors of the grader', () => {
  const collector = new Collector();
  const module = { moduleId: 'exercises/07-doubling/doubling.test.ts', errors: () => [{ message: 'no oracle' }] } as unknown as TestModule;
  collector.onTestRunEnd([module], [{ message: 'worker died' }] as Parameters<Collector['onTestRunEnd']>[1]);
  expect(collector.take()).toEqual({ records: [], errors: ['doubling.test.ts: no oracle', 'worker died'] });
  collector.reset();
  expect(collector.take()).toEqual({ records: [], errors: [] });
});

describe('a real run', () => {
  const device: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: null, reason: 'a test' };
  const warmUp = readExercise(join(kitRoot, 'exercises/00-warm-up'));
  const plan = makePlan({ exercises: [warmUp], device, seed: 'seed', races: false });
  const run = (changed: Partial<RunPlan> = {}) => runner.run({ ...plan, ...changed }, ['misconceptions']);
  let runner: CheckRunner;
  beforeAll(async () => {
    runner = await CheckRunner.start();
  });
  afterAll(() => runner.close());

  test('leaves one record for each check of each in the learner’s place, the same for the same seed', async () => {
    const first = await run();
    expect(first.errors).toEqual([]);
    const names = first.records.map(({ variant, check }) => `${variant} ${check}`);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(first.records.map(({ check }) => check))).toEqual(new Set(Object.keys(warmUp.checks)));
    const again = await run();
    const said = ({ records }: typeof first) =>
      records.map(({ variant, check, evidence: { outcome, errorShare } }) => ({ variant, check, outcome, errorShare }));
    expect(said(again)).toEqual(said(first));
    expect(said(await run({ seed: 'another' }))).not.toEqual(said(first));
  });

  test('of an exercise that has no tests leaves no record, so that nothing can pass', async () => {
    expect((await run({ exercises: [makeExercise()] })).records).toEqual([]);
  });
});
