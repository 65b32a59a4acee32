import { describe, expect, test } from 'vitest';

import type { CheckRecord } from '../run/check-record.ts';
import { makeExercise } from '../../test/support/exercise.ts';
import type { Outcome } from '../result/evidence.ts';
import { resultSchema } from '../result/result.ts';
import { addTallies, scoreExercise } from './score.ts';
import type { Submission } from '../intake/submission.ts';

const exercise = makeExercise(); // values 2, gradients 1, kernels 0.5 points
const module = { key: exercise.id, entry: 'doubling.ts', files: { 'doubling.ts': '' } };
const file = { path: `${exercise.id}/doubling.ts`, sha256: 'f'.repeat(64) };
const submission: Submission = { name: 's', sha256: '0', modules: { [exercise.id]: module }, files: { [exercise.id]: [file] }, notes: [] };
const fail = { status: 'fail', cause: 'threw', message: 'no' } as const;

const record = (check: string, outcome: Outcome = { status: 'pass' }, rest: Partial<CheckRecord> = {}): CheckRecord => ({
  exercise: exercise.id,
  variant: 'submission',
  check,
  evidence: { outcome, durationMs: 5 },
  applies: true,
  printed: '',
  ...rest,
});
const all = [record('values'), record('gradients'), record('kernels')];
const score = (records: readonly CheckRecord[], errors: readonly string[] = []) => {
  const scored = scoreExercise(exercise, submission, { records, errors });
  expect(resultSchema.shape.exercises.element.parse(scored)).toEqual(scored);
  return scored;
};
const instead = (...records: CheckRecord[]) => [...all.filter(({ check }) => !records.some((other) => other.check === check)), ...records];

describe('the score of one exercise', () => {
  test('every check passed gives every point', () => {
    expect(score(all)).toMatchObject({ state: 'passed', points: { earned: 3.5, measured: 3.5, possible: 3.5 }, files: [file] });
  });

  test('a failed check costs its points and no others', () => {
    expect(score(instead(record('values', fail)))).toMatchObject({
      state: 'failed',
      points: { earned: 1.5, measured: 3.5, possible: 3.5 },
    });
  });

  test.for([true, false])('what is not measured is set aside, neither given nor lost, whether it applies or not: %s', (applies) => {
    const outcome = { status: 'not-measured', reason: 'noise' } as const;
    const { checks, ...rest } = score(instead(record('kernels', outcome, { applies })));
    expect(rest).toMatchObject({ state: 'passed', points: { earned: 3, measured: 3, possible: 3.5 } });
    expect(checks.find(({ id }) => id === 'kernels')?.outcome).toEqual(outcome);
  });

  test('an exercise of which nothing could be measured has not been passed', () => {
    const nothing = all.map(({ check }) => record(check, { status: 'not-measured', reason: 'noise' }));
    expect(score(nothing)).toMatchObject({ state: 'ungraded', points: { earned: 0, measured: 0, possible: 3.5 } });
  });

  test('what a check measured travels with it', () => {
    const [check] = score(instead(record('values', fail, { evidence: { outcome: fail, errorShare: 7, durationMs: 12 } }))).checks;
    expect(check).toEqual({ id: 'values', title: 'The values are right', points: 2, outcome: fail, errorShare: 7, durationMs: 12 });
  });

  test('checks come in the order of exercise.yaml, not in that of the run', () => {
    expect(score(all.toReversed()).checks.map(({ id }) => id)).toEqual(['values', 'gradients', 'kernels']);
  });
});

describe('fail closed', () => {
  test.for<[string, CheckRecord[], RegExp]>([
    ['a check without a record', all.slice(1), /0 results for this check instead of one/],
    ['a check with two records', [...all, record('values')], /2 results for this check instead of one/],
    ['a check with a pass and a failure', [...all, record('values', fail)], /2 results/],
    ['a record of another exercise', [...all.slice(1), record('values', { status: 'pass' }, { exercise: '08-halving' })], /0 results/],
    ['no record at all', [], /0 results/],
    ['a defect of the grader', instead(record('values', { status: 'ungraded', reason: 'the box broke' })), /the box broke/],
  ])('%s is ungraded, never a pass and never a zero', ([, records, words]) => {
    const { state, points, checks } = score(records);
    const outcome = checks.find(({ id }) => id === 'values')?.outcome;
    expect([state, outcome]).toEqual(['ungraded', { status: 'ungraded', reason: expect.stringMatching(words) }]);
    expect(points.measured).toBe(
      points.possible - checks.reduce((sum, check) => sum + (check.outcome.status === 'ungraded' ? check.points : 0), 0),
    );
  });

  test('the first error of the grader is told with what it cost, cut to the length of the contract', () => {
    const { checks } = score([], ['the worker died', 'x'.repeat(5000)]);
    expect(checks[0]?.outcome).toMatchObject({ reason: expect.stringContaining('(the worker died)') });
    expect(score([], ['x'.repeat(5000)]).checks[0]?.outcome).toMatchObject({ reason: expect.stringMatching(/^.{2000}$/) });
  });

  test('a record that no check of the exercise asked for adds nothing', () => {
    expect(score([...all, record('bonus')]).points).toEqual({ earned: 3.5, measured: 3.5, possible: 3.5 });
  });
});

describe('nothing handed in', () => {
  test('is absent, and loses its points: it is not zero of nothing', () => {
    const scored = scoreExercise(exercise, { ...submission, modules: {}, files: {} }, { records: [], errors: [] });
    expect(scored).toMatchObject({ state: 'absent', points: { earned: 0, measured: 3.5, possible: 3.5 }, files: [] });
    expect(scored.checks.map(({ outcome }) => outcome.status)).toEqual(['fail', 'fail', 'fail']);
  });

  test('wins nothing by a record either', () => {
    expect(scoreExercise(exercise, { ...submission, modules: {} }, { records: all, errors: [] }).points.earned).toBe(0);
  });
});

test('what was printed is joined, and cleaned of what would act on a terminal', () => {
  const printed = ['\u001B[2J\u001B[31mred\u001B[0m\n', '\u001B]0;title\u0007a\u0000b\r\tc', '\u009B31m'];
  expect(score(all.map((one, index) => ({ ...one, printed: printed[index]! }))).printed).toBe('red\nab\tc');
  expect(score(instead(record('values', fail, { printed: 'x'.repeat(99_999) }))).printed).toHaveLength(16_384);
});

test('tallies add up without the dust of floating point', () => {
  const tenth = { earned: 0.1, measured: 0.2, possible: 0.3 };
  expect(addTallies([tenth, tenth, tenth])).toEqual({ earned: 0.3, measured: 0.6, possible: 0.9 });
  expect(addTallies([])).toEqual({ earned: 0, measured: 0, possible: 0 });
});
