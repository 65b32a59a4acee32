import { expect, test } from 'vitest';

import type { ExerciseResult, Gradebook } from '../result/result.ts';
import { compareGradebooks } from './diff.ts';

const check = (id: string, status: 'pass' | 'fail') => ({ id, outcome: status === 'pass' ? { status } : { status, cause: 'wrong-value' } });
const exercise = (status: 'pass' | 'fail', sha256 = 'a', version = '1') =>
  ({
    id: '02',
    version,
    files: [{ path: 'x.ts', sha256 }],
    checks: [check('one-step', status), check('square', 'pass')],
  }) as unknown as ExerciseResult;
const book = (students: Record<string, ExerciseResult | undefined>, seed = 's') =>
  ({
    kit: { version: '1' },
    seed,
    device: { name: 'wasm', kind: 'cpu', version: '4' },
    isolation: { level: 'namespace' },
    students: Object.entries(students).map(([name, one]) => ({
      name,
      outcome:
        one === undefined
          ? { status: 'ungraded', reason: 'no' }
          : {
              status: 'graded',
              points: { earned: one.checks.filter(({ outcome }) => outcome.status === 'pass').length },
              result: { exercises: [one] },
            },
    })),
  }) as unknown as Gradebook;

test('two gradebooks that say the same differ in nobody', () => {
  expect(compareGradebooks(book({ ada: exercise('fail') }), book({ ada: exercise('fail') }))).toEqual([]);
});

test('a check that ended otherwise is told with what else changed', () => {
  const changed = { name: 'ada', before: 1, after: 2, setByHand: [] };
  const one = { exercise: '02', check: 'one-step', before: 'fail (wrong-value)', after: 'pass' };
  const from = book({ ada: exercise('fail'), bo: exercise('pass') });
  const to = (now: ExerciseResult, seed?: string) => compareGradebooks(from, book({ ada: now, bo: exercise('pass') }, seed));
  expect(to(exercise('pass', 'b'))).toEqual([{ ...changed, checks: [{ ...one, reasons: ['the files changed'] }] }]);
  expect(to(exercise('pass', 'a', '2'), 't')).toEqual([
    { ...changed, checks: [{ ...one, reasons: ['the exercise changed', 'the inputs changed'] }] },
  ]);
  expect(to(exercise('pass'))).toEqual([{ ...changed, checks: [{ ...one, reasons: [] }] }]);
});

test('who is in one of the two alone, or ungraded in one, is told', () => {
  const changes = compareGradebooks(book({ ada: exercise('pass'), cy: undefined }), book({ bo: exercise('pass'), cy: exercise('fail') }));
  expect(changes.map(({ name, before, after }) => [name, before, after])).toEqual([
    ['bo', undefined, 2],
    ['cy', undefined, 1],
    ['ada', 2, undefined],
  ]);
});
