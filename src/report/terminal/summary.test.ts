import { expect, test } from 'vitest';
import stringWidth from 'string-width';
import { makeCheck, makeExercise, makeGradebook, makeResult, makeStudent } from '../../../test/support/sample.ts';
import { makeClass, makeVariedResult } from '../../../test/support/sample-class.ts';
import { hostileTexts, makeHostileResult } from '../../../test/support/sample-hostile.ts';
import { summariseGradebook, summariseResult } from './summary.ts';

const summary = summariseResult(makeVariedResult());

test('the score comes first and what was not measured right after it', () => {
  expect(summary.split('\n').slice(0, 4)).toEqual([
    'Ada Lovelace: 19 of 39 measured points (48.7 %)',
    '8 points not measured: for several reasons.',
    '- 3 points: this machine is too noisy to tell: ratios of the rounds lie between 0.7 and 6.1.',
    '- 5 points: no GPU on this machine.',
  ]);
});

test('columns stand under their heads', () => {
  const lines = summary.split('\n');
  const head = lines.find((line) => line.startsWith('Exercise')) ?? '';
  const row = lines.find((line) => line.startsWith('10-causal')) ?? '';
  expect(row.indexOf('✗ failed')).toBe(head.indexOf('State'));
  expect(row.indexOf('1 of 10') + '1 of 10'.length).toBe(head.indexOf('Points') + 'Points'.length);
});

test('each failed check has exercise, check, cause and the first line of its message', () => {
  const flat = summary.replace(/\n +/g, ' ');
  expect(flat.match(/^ *✗ .+$/gm)).toHaveLength(4);
  expect(flat).toContain(
    '✗ 10-causal-attention / causality: wrong value: At y[b=0][t=2][d=1] the specification says 0.513204, your code gives 0.771839.',
  );
  expect(flat).not.toContain('Largest error');
});

test('a failed check under an epoch has its token on the line after it', () => {
  const fail = { status: 'fail', cause: 'threw', message: 'no' } as const;
  const checks = [makeCheck('a', 'A', 1, fail, { token: '10/a/2026-w48/3fa1c07b-9e2144' }), makeCheck('b', 'B', 1, fail)];
  const shown = summariseResult(makeResult('ada', [makeExercise('10-x', 'X', 'U', checks)]));
  expect(shown).toMatch(/✗ 10-x \/ a: threw an error: no\n *case 10\/a\/2026-w48\/3fa1c07b-9e2144\n *✗ 10-x \/ b: threw an error: no\n/);
  expect(shown.match(/case/g)).toHaveLength(1);
});

test('there is colour only where it was asked for, and it changes no word', () => {
  const coloured = summariseResult(makeVariedResult(), { colour: true });
  expect(summary).not.toContain('\u001b');
  expect(coloured).toContain('\u001b[31m');
  // oxlint-disable-next-line no-control-regex
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(summary);
});

test.each(hostileTexts)('hostile text %# steers no terminal and breaks no line', (text) => {
  const result = makeHostileResult(text);
  const gradebook = makeGradebook([makeStudent(result, 'a'), { name: text, folder: 'b', outcome: { status: 'ungraded', reason: text } }]);
  for (const page of [summariseResult(result), summariseGradebook(gradebook)]) {
    expect(page).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
    for (const line of page.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
  }
});

test('every line of a class fits in 100 columns, ungraded students first', () => {
  const page = summariseGradebook(makeClass(40));
  for (const line of page.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
  expect(page).toContain('the worker died twice while it graded this submission.');
  expect(page.indexOf('! Ungraded')).toBeLessThan(page.indexOf('Exercise'));
});

test('nobody and nothing have dashes', () => {
  expect(summariseGradebook(makeGradebook([]))).toContain('0 students, 0 graded. Median –, quartiles –.');
  expect(summariseResult(makeResult('a', []))).toContain('a: no points to win here');
});
