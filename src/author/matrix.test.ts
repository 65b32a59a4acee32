import { expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { renderMatrix } from './matrix.ts';

const rows = [
  { variant: 'stub', marks: { values: 'fail', gradients: 'fail', kernels: 'fail' }, problems: [] },
  { variant: 'misconception:triples', marks: { values: 'fail', gradients: 'none', kernels: 'pass' }, problems: [] },
  { variant: 'solution', marks: { kernels: 'pass' }, problems: [] },
] as const;

test('a row for each in the learner’s place, a column for each check, x where it failed them', () => {
  expect(renderMatrix({ exercise: makeExercise(), rows, problems: [], todo: [], errorShare: 0.1234, durationMs: 5678 }))
    .toMatchInlineSnapshot(`
    "07-doubling  holds  (largest error of the solution: 12.3 % of what is allowed; 5.7 s)
                             a b c
      stub                   x x x
      misconception:triples  x   .
      solution                   .
      a values, b gradients, c kernels"
  `);
});

test('what does not hold is said at the top and listed at the end', () => {
  const drawn = renderMatrix({
    exercise: makeExercise(),
    rows: [],
    problems: ['stub: passes values', 'kernels kills nothing'],
    todo: [],
    errorShare: 0,
    durationMs: 0,
  });
  expect(drawn.split('\n')[0]).toMatch(/^07-doubling {2}DOES NOT HOLD /);
  expect(drawn.split('\n').slice(-2)).toEqual(['  ! stub: passes values', '  ! kernels kills nothing']);
});

test('what an unfinished exercise still needs is asked, not held against it', () => {
  const exercise = makeExercise({ unfinished: true });
  const drawn = renderMatrix({ exercise, rows: [], problems: [], todo: ['README.md:3 still says so'], errorShare: 0, durationMs: 0 });
  expect(drawn.split('\n')[0]).toMatch(/^07-doubling {2}unfinished /);
  expect(drawn.split('\n').at(-1)).toBe('  ? README.md:3 still says so');
});
