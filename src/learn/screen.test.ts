import stringWidth from 'string-width';
import { expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { makeFailure, makeRecord, pass } from '../../test/support/verdict.ts';
import type { CheckRecord } from '../run/check-record.ts';
import { drawPlain, drawPlainTypes, drawScreen, type View } from './screen.ts';
import { judge } from './verdict.ts';

const exercise = makeExercise();
const look = { columns: 80, rows: 23, colour: false };

function viewOf(records: readonly CheckRecord[], rest: Partial<View> = {}): View {
  return {
    exercise,
    file: { path: '/course/exercises/07-doubling/doubling.ts', shown: 'exercises/07-doubling/doubling.ts' },
    device: { name: 'wasm', usable: true, kind: 'cpu', version: '1', reason: 'a test' },
    unit: { done: 1, of: 7 },
    course: { done: 3, of: 24 },
    verdict: records.length === 0 ? undefined : judge(exercise, records),
    isStale: false,
    runningS: undefined,
    tookMs: 312,
    types: [],
    files: { 'doubling.ts': 'one\n  const two = x;\nthree' },
    panel: undefined,
    notice: undefined,
    ...rest,
  };
}

const mismatch = {
  name: 'y',
  wrong: 3,
  of: 6,
  allowed: '0.00001',
  numbers: [
    { place: '[0]', got: '1', expected: '1', agrees: true },
    { place: '[1]', got: '2', expected: '4', agrees: false },
  ],
};
const wrong = makeRecord(
  'values',
  makeFailure('y[1] is 2', {
    detail: { found: 'y[1] is 2', advice: 'Twice x.', call: { pass: 'doubleParallel', inputs: [{ name: 'x', shape: [6] }] }, mismatch },
  }),
);

test('a failure is shown whole: the call with its shapes, both numbers around the first wrong one, what is allowed, where to look', () => {
  const shown = drawScreen(viewOf([wrong, makeRecord('gradients', pass), makeRecord('kernels', pass)]), look);
  expect(shown.slice(2, 12)).toEqual([
    '✗✓✓  2 of 3 checks pass, 0.3 s',
    '',
    '✗ The values are right',
    '  doubleParallel({ x [6] })',
    '',
    '            [0]  [1]',
    '  got         1    2',
    '  expected    1    4',
    '  y: 3 of 6 numbers differ; a difference of 0.00001 would be allowed',
    '',
  ]);
  expect(shown).toContain('  Twice x.');
});

test('a screen fills its lines and none is wider than it, whatever stands on it', () => {
  const long = makeFailure(`${'ratatouille '.repeat(60)}\n${'x'.repeat(300)}`, { cause: 'threw' });
  const view = viewOf([makeRecord('values', long, { printed: '漢字 '.repeat(200) }), makeRecord('gradients', makeFailure('z'))], {
    notice: 'n'.repeat(200),
    types: [{ file: 'doubling.ts', line: 2, text: 'y'.repeat(300), message: 'wrong' }],
  });
  for (const [columns, rows] of [
    [80, 23],
    [40, 12],
    [200, 60],
  ] as const)
    for (const colour of [true, false]) {
      const shown = drawScreen(view, { columns, rows, colour });
      expect(shown.length).toBe(rows);
      expect(Math.max(...shown.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    }
});

test('what a learner prints cannot steer the terminal, and without colour no line holds an escape', () => {
  const record = makeRecord('values', makeFailure('threw \u001B[2J', { cause: 'threw' }), { printed: '\u001B]0;title\u0007here' });
  const shown = drawScreen(viewOf([record]), look).join('\n');
  expect(shown).toContain('here');
  expect(shown.includes('\u001B')).toBe(false);
  expect(drawScreen(viewOf([record]), { ...look, colour: true }).join('\n')).not.toContain('\u001B]0;');
});

test('the file is a link where there is colour', () => {
  expect(drawScreen(viewOf([]), { ...look, colour: true })[1]).toContain(
    '\u001B]8;;file:///course/exercises/07-doubling/doubling.ts\u0007',
  );
});

test('what says nothing of the check it was met in has a heading of its own, and the line that a message names is shown', () => {
  const record = makeRecord('values', makeFailure('the file does not compile: line 2 of doubling.ts: no', { cause: 'does-not-load' }));
  const said = { file: 'doubling.ts', text: '  const two = x;', message: 'Cannot find name' };
  const view = viewOf([record], {
    types: [
      { ...said, line: 2 },
      { ...said, line: 3 },
    ],
  });
  const shown = drawPlain(view);
  expect(shown).toContain('✗ The file cannot be loaded');
  expect(shown).toContain('  doubling.ts:2  const two = x;');
  expect(drawPlainTypes(view).filter((line) => line.includes('doubling.ts:'))).toEqual(['  doubling.ts:3  const two = x;']); // line 2 is shown already
});

test('while a save is being checked, it is said which save the rest is of', () => {
  const stale = drawScreen(viewOf([wrong], { runningS: 2.5, isStale: true }), look)[2];
  expect(stale).toBe('✗··  checking for 2 s; what stands here is of the save before');
  expect(drawScreen(viewOf([wrong], { runningS: 2.5 }), look)[2]).toBe('✗··  0 of 3 checks pass, checking for 2 s');
});

test('a panel takes the place of the verdict and keeps what is chosen in sight', () => {
  const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
  const shown = drawScreen(viewOf([wrong], { panel: { title: 'Forty', lines, selected: 30, from: 0 } }), look);
  expect(shown).toContain('❯ line 30');
  expect(shown.find((line) => line.startsWith('Forty'))).toMatch(/^Forty {2}lines \d+ to \d+ of 40, ↑ ↓$/);
  expect(shown.join('\n')).not.toContain('The values are right');
});
