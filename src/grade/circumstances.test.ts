import { expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { makeCheck, makeExercise as makeScored } from '../../test/support/sample.ts';
import { versionOf } from '../course/version.ts';
import { resultSchema, type ExerciseResult } from '../result/result.ts';
import { addCircumstances } from './circumstances.ts';

const exercise = makeExercise();
const version = versionOf(exercise);
const fail = (cause: 'wrong-value' | 'timeout' | 'memory' | 'exited') => ({ status: 'fail', cause, message: 'no' }) as const;
const scored = makeScored(exercise.id, exercise.title, exercise.unit, [
  makeCheck('values', 'Values', 1, fail('memory')),
  makeCheck('gradients', 'Gradients', 1, fail('timeout')),
  makeCheck('kernels', 'Kernels', 1, fail('memory')),
  makeCheck('exits', 'Exits', 1, fail('exited')),
  makeCheck('right', 'Right', 1),
  makeCheck('noise', 'Noise', 1, { status: 'not-measured', reason: 'noise' }),
  makeCheck('defect', 'Defect', 1, { status: 'ungraded', reason: 'a defect' }),
]);
const epoch = { name: '2026-w48', commitment: '3fa1c07b'.padEnd(64, '0') };
const drawn = { epoch, seeds: { [exercise.id]: 'seed' } };
const tokens = ({ checks }: ExerciseResult) => checks.map(({ token }) => token);

test('a scored exercise tells its version and the limits that ended a check, each once', () => {
  expect(addCircumstances(exercise, scored, 'plain')).toEqual({ ...scored, version, limits: ['timeout', 'memory'] });
});

test('under an epoch each failed check has a token, and no other check has one', () => {
  const told = addCircumstances(exercise, scored, drawn);
  const token = (check: string) => `07/${check}/2026-w48/3fa1c07b-${version.slice(0, 6)}`;
  expect(tokens(told)).toEqual([...['values', 'gradients', 'kernels', 'exits'].map(token), undefined, undefined, undefined]);
  expect(resultSchema.shape.exercises.element.parse(told)).toEqual(told);
});

test('what was not handed in cannot be replayed', () => {
  expect(tokens(addCircumstances(exercise, { ...scored, state: 'absent' }, drawn))).toEqual(scored.checks.map(() => undefined));
});
