import { expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { makeFailure, makeRecord, pass } from '../../test/support/verdict.ts';
import { judge } from './verdict.ts';

const exercise = makeExercise();

test('the first failure is that of the first check of the lesson, whatever ended first', () => {
  const { first, ticks, complete } = judge(exercise, [
    makeRecord('kernels', makeFailure('41 kernels', { cause: 'broken-rule' })),
    makeRecord('values', makeFailure('h[0] is 1')),
  ]);
  expect(first).toMatchObject({ check: 'values', title: 'The values are right', found: 'h[0] is 1' });
  expect(ticks).toEqual(['fail', 'open', 'fail']);
  expect(complete).toBe(false);
});

test('failures with one reason are one: a misconception by its name, wrong numbers, and the same words but for numbers', () => {
  const threw = (found: string) => makeFailure(found, { cause: 'threw' });
  expect(judge(exercise, [makeRecord('values', makeFailure('1')), makeRecord('gradients', makeFailure('2'))])).toMatchObject({
    first: { check: 'values', alike: ['gradients'] },
    others: [],
  });
  const named = makeFailure('2', { misconception: 'forgets-to-double' });
  expect(judge(exercise, [makeRecord('values', makeFailure('1')), makeRecord('gradients', named)])).toMatchObject({
    first: { check: 'values', alike: [] },
    others: [{ check: 'gradients', count: 1 }],
  });
  const records = [
    makeRecord('values', threw('threw in line 3')),
    makeRecord('gradients', threw('threw in line 4')),
    makeRecord('kernels', threw('no')),
  ];
  expect(judge(exercise, records)).toMatchObject({ first: { alike: ['gradients'] }, others: [{ check: 'kernels', count: 1 }] });
});

test('an exercise passes once every check has passed or cannot be measured, and not while one is ungraded or open', () => {
  const three = (last: Parameters<typeof makeRecord>[1]) =>
    judge(exercise, [makeRecord('values', pass), makeRecord('gradients', pass), makeRecord('kernels', last)]);
  expect(three(pass)).toMatchObject({ passed: true, complete: true, setAside: [] });
  expect(three({ status: 'not-measured', reason: 'no GPU' })).toMatchObject({ passed: true, setAside: ['no GPU'] });
  expect(three({ status: 'ungraded', reason: 'the box broke' })).toMatchObject({ passed: false, setAside: ['the box broke'] });
  expect(judge(exercise, [makeRecord('values', pass)]).passed).toBe(false);
});

test('a question that is not put to this pass neither counts nor is told', () => {
  const aside = makeRecord('kernels', { status: 'not-measured', reason: 'not asked here' }, { applies: false });
  const verdict = judge(exercise, [makeRecord('values', pass), makeRecord('gradients', pass), aside]);
  expect(verdict).toMatchObject({ passed: true, setAside: [] });
  expect(judge(exercise, [aside]).passed).toBe(false);
});

test('a limit that was met cuts the verdict short; what the code printed is told once', () => {
  const record = makeRecord('values', makeFailure('did not return', { cause: 'timeout' }), { printed: 'seen 1\n' });
  expect(judge(exercise, [record, makeRecord('gradients', pass, { printed: 'seen 1\n' })])).toMatchObject({
    isCutShort: true,
    printed: 'seen 1',
  });
  expect(judge(exercise, [makeRecord('values', pass)]).isCutShort).toBe(false);
});
