import { expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { makeFailure, makeRecord, pass } from '../../test/support/verdict.ts';
import { explain, listExercises, showHints } from './panels.ts';
import { judge } from './verdict.ts';

const exercise = makeExercise();
const nothing = { format: 1, passed: {}, hints: {}, explained: {}, solutions: {}, predictions: {} } as const;

test('an explanation has everything that is known, and never an answer', () => {
  const wrong = makeFailure('y[1] is 2', {
    detail: { found: 'y[1] is 2', advice: 'Twice x.', call: { pass: 'doubleParallel', inputs: [{ name: 'x', shape: [6] }] } },
  });
  const verdict = judge(exercise, [
    makeRecord('values', wrong, { printed: 'seen 1\n' }),
    makeRecord('gradients', makeFailure('y[3] is 4')),
    makeRecord('kernels', makeFailure('41 kernels', { cause: 'broken-rule' })),
  ]);
  const types = [{ file: 'doubling.ts', line: 3, text: '  x', message: 'Cannot find name' }];
  expect(explain(exercise, verdict, types)).toEqual({
    title: 'What the checks of 07-doubling say',
    lines: [
      'The values are right',
      '',
      'y[1] is 2',
      'Called last: doubleParallel with x [6].',
      '',
      'Twice x.',
      '',
      'For the same reason:',
      '  The gradients are right',
      '',
      'For other reasons, which may be gone with the first:',
      '  Few kernels',
      '',
      'TypeScript says:',
      '  doubling.ts:3  x',
      '    Cannot find name',
      '',
      'Your code printed:',
      '  seen 1',
    ],
  });
  expect(explain(exercise, undefined, []).lines).toEqual(['Nothing has been checked yet: save the file.']);
  const right = judge(
    exercise,
    ['values', 'gradients', 'kernels'].map((check) => makeRecord(check, pass)),
  );
  expect(explain(exercise, right, []).lines).toEqual(['Every check passes.']);
});

test('the list marks what has passed and where the learner is, and hints end with the last', () => {
  const course = { title: 'A course', root: '/nowhere', exercises: [exercise, makeExercise({ id: '08-halving', title: 'Halving' })] };
  const lines = listExercises(course, { ...nothing, passed: { '07-doubling': '2026-11-02' }, current: '08-halving' });
  expect(lines).toEqual([expect.stringMatching(/^✓ 07 Doubling +5 min$/), expect.stringMatching(/^▸ 08 Halving +5 min$/)]);
  expect(showHints(exercise, { ...nothing, hints: { '07-doubling': 3 } })).toEqual({
    title: 'Hints for 07-doubling, 3 of 3',
    lines: ['1. Nudge.', '', '2. Locate.', '', '3. Worked analogue.', '', 'That was the last one.'],
  });
});
