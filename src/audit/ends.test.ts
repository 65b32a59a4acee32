import { describe, expect, test } from 'vitest';

import { makeCheck, makeExercise, makeRace, makeResult } from '../../test/support/sample.ts';
import type { Attack, End } from './attack.ts';
import { compareEnds, countEnds, endsOf, findDifference } from './ends.ts';

const attack = (expect: Record<string, End[]>) => ({ expect }) as unknown as Attack;
const honest = { values: 'pass', kernels: 'pass', race: 'not-measured' } as const;

describe('ends are compared', () => {
  test.for<[string, Record<string, End[]>, Record<string, 'pass' | 'threw' | 'ungraded' | 'absent' | 'not-measured'>, string[]]>([
    ['as honest work ends', { all: ['honest'] }, { values: 'pass', race: 'not-measured' }, []],
    ['otherwise than honest work ends', { all: ['honest'] }, { values: 'threw' }, ['values: threw instead of honest']],
    ['with points won', { all: ['threw'] }, { values: 'pass', kernels: 'threw' }, ['values: pass instead of threw']],
    ['with a fault of the kit', { all: ['inert'] }, { values: 'ungraded' }, ['values: ungraded instead of inert']],
    ['in one of two ways', { all: ['threw', 'memory'] }, { values: 'threw' }, []],
    ['by check', { all: ['honest'], kernels: ['threw'] }, { values: 'pass', kernels: 'threw' }, []],
    ['refused', { all: ['refused'] }, { values: 'absent' }, []],
    ['not refused', { all: ['refused'] }, { values: 'threw' }, ['values: threw instead of refused']],
    ['of a check that is not there', { all: ['honest'], other: ['threw'] }, { values: 'pass' }, ['there is no check other']],
  ])('%s', ([, expected, seen, problems]) => {
    expect(compareEnds(attack(expected), seen, honest)).toEqual(problems);
  });
});

test('a race that cannot tell is noise where a clock decides, and nowhere else', () => {
  const seen = { race: 'cannot-tell' } as const;
  expect(compareEnds({ ...attack({ all: ['too-slow'] }), clock: true }, seen, honest)).toEqual([]);
  expect(compareEnds(attack({ all: ['too-slow'] }), seen, honest)).toEqual(['race: cannot-tell instead of too-slow']);
});

test('a race that is implausible or cannot tell says so, and other things that were not measured do not', () => {
  const outcome = { status: 'not-measured', reason: 'noise' } as const;
  const checks = [
    makeCheck('a', 'a', 1, outcome),
    makeCheck('b', 'b', 1, outcome, { race: makeRace([2], { verdict: 'implausible' }) }),
    makeCheck('c', 'c', 1, outcome, { race: makeRace([2], { verdict: 'cannot-tell' }) }),
  ];
  const ends = endsOf(makeExercise('x', 'x', 'x', checks));
  expect(ends).toEqual({ a: 'not-measured', b: 'implausible', c: 'cannot-tell' });
  expect(countEnds(ends)).toBe('not-measured 1, implausible 1, cannot-tell 1');
});

describe('two results of the same work', () => {
  const result = (message?: string, durationMs = 1) => {
    const check = makeCheck('a', 'a', 1, message === undefined ? { status: 'pass' } : { status: 'fail', cause: 'threw', message }, {
      durationMs,
    });
    return makeResult('s', [makeExercise('x', 'x', 'x', [check])]);
  };

  test('are the same but for times', () => {
    expect(findDifference(result(undefined, 1), result(undefined, 2))).toBeUndefined();
  });

  test('differ in what a check says', () => {
    expect(findDifference(result('the service is no longer running'), result())).toMatch(
      /points instead of .*: the service is no longer running/,
    );
  });
});
