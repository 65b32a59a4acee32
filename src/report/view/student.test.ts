import { expect, test } from 'vitest';
import { makeAbsent, makeCheck, makeExercise, makeResult } from '../../../test/support/sample.ts';
import { makeVariedResult } from '../../../test/support/sample-class.ts';
import { studentView } from './student.ts';
import { makeSafe } from '../text/safe-text.ts';
import type { Result } from '../../result/result.ts';

const viewOf = (result: Result) => studentView(makeSafe(result));

const view = viewOf(makeVariedResult());

test('the score is of measured points, and what was set aside is listed with every reason', () => {
  expect([view.score, view.share, view.possible]).toEqual(['19 of 39', '48.7 %', '53 points']);
  expect(view.setAside.map(({ kind, points, reasons }) => [kind, points, reasons.map((each) => each.points)])).toEqual([
    ['not measured', '8 points', ['3 points', '5 points']],
    ['ungraded', '6 points', ['2 points', '4 points']],
  ]);
});

test('a single reason stands in the headline itself', () => {
  const gpu = makeCheck('gpu', 'GPU', 5, { status: 'not-measured', reason: 'no GPU' });
  expect(viewOf(makeResult('a', [makeExercise('20-x', 'X', 'U', [gpu])])).setAside).toEqual([
    { kind: 'not measured', points: '5 points', reason: 'no GPU.', reasons: [] },
  ]);
});

test('points that no check explains are set aside loudly too', () => {
  const ungraded = makeExercise('01-x', 'X', 'U', [], { state: 'ungraded', points: { earned: 0, measured: 0, possible: 4 } });
  expect(viewOf(makeResult('a', [ungraded])).setAside).toMatchObject([{ kind: 'ungraded', points: '4 points' }]);
  const bare = makeResult('a', [], { points: { earned: 0, measured: 2, possible: 5 } });
  expect(viewOf(bare).setAside).toMatchObject([{ kind: 'not measured', points: '3 points' }]);
});

test('a seed is told; of an epoch its name and its commitment, and how a failed case is repeated', () => {
  const inputs = (rest: Partial<Result>) =>
    viewOf(makeResult('a', [], rest)).facts.filter(({ term }) => term === 'Seed' || term === 'Epoch');
  expect(inputs({ seed: 'autumn' })).toEqual([{ term: 'Seed', value: 'autumn' }]);
  const epoch = { name: '2026-w48', commitment: 'c0'.repeat(32) };
  expect(inputs({ seed: 'epoch 2026-w48', epoch })).toEqual([
    {
      term: 'Epoch',
      value: `2026-w48, commitment ${'c0'.repeat(32)}; once its key is released, npx unroll replay CASE --key KEY repeats a failed case`,
    },
  ]);
});

test('nothing measured has no score: a dash, never 0 and never NaN', () => {
  const empty = viewOf(makeResult('a', []));
  expect([empty.score, empty.share]).toEqual([null, '–']);
});

test('an absent exercise is not handed in and lists no checks', () => {
  const exercise = {
    ...makeAbsent('04-x', 'X', 'U', 3),
    checks: [makeCheck('c', 'C', 3, { status: 'fail', cause: 'missing-export', message: '' })],
  };
  const [unit] = viewOf(makeResult('a', [exercise])).units;
  expect(unit?.exercises[0]).toMatchObject({
    status: { word: 'not handed in' },
    checks: [],
    explanation: expect.stringContaining('Not handed in'),
  });
});

test('ungraded is said to be the fault of the kit', () => {
  const kv = view.units.flatMap(({ exercises }) => exercises).find(({ id }) => id === '14-kv-cache');
  expect(kv?.explanation).toContain('fault of the kit');
  expect(kv?.checks[0]?.reason).toBe('The kit could not grade this, which is not your fault: the oracle gave NaN.');
});

test('exercises stand under their units, also where the order jumps between units', () => {
  const jump = ['A', 'B', 'A'].map((unit, index) => makeExercise(`0${index}-x`, `E${index}`, unit, []));
  expect(viewOf(makeResult('a', jump)).units.map(({ title, exercises }) => [title, exercises.map((each) => each.title)])).toEqual([
    ['A', ['E0', 'E2']],
    ['B', ['E1']],
  ]);
});

test('a race gives both times in milliseconds, ratio, threshold and verdict in words', () => {
  const race = view.units
    .flatMap(({ exercises }) => exercises)
    .flatMap(({ checks }) => checks)
    .find(({ cause }) => cause === 'too slow')?.race;
  expect(race?.caption).toBe('The race at B = 4, T = 512, H = 128');
  expect(race?.rows.map(({ value }) => value)).toEqual(['479 ms', '326 ms', '1.47×', '1.33× to 1.62×', '2×', 'not faster']);
});

test('many notes are cut, and the cut is said', () => {
  const many = viewOf(makeResult('a', [], { notes: Array.from({ length: 5000 }, (_, note) => `note ${note}`) }));
  expect([many.notes.length, many.notes.at(-1)]).toEqual([101, '… and 4,900 more notes.']);
});
