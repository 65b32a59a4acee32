import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { readProgress } from '../../src/learn/progress-file.ts';
import { LearnersCopy, readSolutionText } from '../support/learner.ts';

const copy = new LearnersCopy();
afterAll(() => copy.remove());

const solution = readSolutionText('01');
const slow = 120_000; // ms: six processes that start TensorFlow
const json = async (...words: string[]): Promise<unknown> => {
  const { stdout, stderr } = await copy.unroll(...words, '--json');
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
};

test('a learner without a screen: test, hint, explain, reset, next', { timeout: slow }, async () => {
  copy.save('01', solution.replaceAll('tf.tanh', 'tf.sigmoid'));
  const plain = await copy.unroll('test', '01');
  expect(plain.code).toBe(1);
  expect(plain.stdout).toMatch(/^01-elman-step: 2 of 11 checks pass\nfile: exercises\/01-elman-step\/elman-step\.ts\n✗ With Wh = 0/);
  expect(plain.stdout).toContain('the sum goes through the sigmoid instead of the');

  expect(await json('hint')).toMatchObject({ exercise: '01-elman-step', opened: [expect.stringContaining('?')], of: 3 }); // where they are
  expect(await json('explain', '01')).toMatchObject([
    {
      title: 'What the checks of 01-elman-step say',
      verdict: { passed: false, first: { check: 'input-term', misconception: expect.any(String) } },
      types: [],
    },
  ]);

  copy.save('01', solution);
  expect(await json('test', '01')).toMatchObject([{ exercise: '01-elman-step', complete: true, passed: true, others: [] }]);
  expect(await json('next')).toMatchObject({ exercise: '02-elman-sequence' });
  const { kept } = (await json('reset', '01')) as { kept: string[] };
  expect(kept.map((path) => readFileSync(join(copy.root, path), 'utf8'))).toEqual([solution]);
  expect(readProgress(copy.root)).toMatchObject({
    current: '02-elman-sequence',
    passed: { '01-elman-step': expect.any(String) },
    hints: { '01-elman-step': 1 },
    explained: { '01-elman-step': 1 },
  });
  expect((await copy.unroll('list')).stdout).toMatch(/01-elman-step .*passed on \d{4}-\d\d-\d\d/);
});

test('a wrong number, a broken progress file and a lost stub are one sentence each', { timeout: slow }, async () => {
  const wrong = await copy.unroll('hint', '77');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/^there is no exercise 77; the course has .*\n$/)]);
  const path = join(copy.root, 'progress.yaml');
  writeFileSync(path, 'passed: 3');
  for (const words of [['hint'], ['next'], ['list'], ['test', '01'], ['watch', '--plain']]) {
    const { code, stderr } = await copy.unroll(...words);
    expect([words, code, stderr.split('\n')[0]]).toEqual([words, 2, expect.stringContaining('is not a progress file')]);
  }
  expect(readFileSync(path, 'utf8')).toBe('passed: 3');
  rmSync(path);
  rmSync(copy.path('01'));
  const lost = await copy.unroll('test', '01');
  expect(lost.stderr).toMatch(/elman-step\.ts is missing; `npx unroll reset 01-elman-step` puts it back/);
  expect((await copy.unroll('reset', '01')).code).toBe(0);
  expect(existsSync(copy.path('01'))).toBe(true);
});

test('a pipe has plain lines: each verdict once, a key a line, and the end of the input ends it', { timeout: slow }, async () => {
  copy.save('01', solution);
  const { code, stdout } = await copy.unroll('watch', '01');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^01-elman-step: 11 of 11 checks pass\nfile: .*\n✓ 01-elman-step passes every check\.\n/);
  expect(stdout).not.toContain('\u001B');
});

test('the first race of an exercise asks for a prediction, and shows it beside what was measured', { timeout: slow }, async () => {
  copy.save('03', readSolutionText('03'));
  const { stdout } = await copy.unrollWith(['r', '4,5'], 'watch', '03');
  expect(stdout).toContain('How many times as fast will your parallel pass be?');
  expect(stdout).toMatch(
    /The race of Hoisted projection\n\nYou expected it to be 4\.5 times as fast\. This is what was measured:\n\n.*03-hoisted-projection/,
  );
  expect(readProgress(copy.root).predictions['03-hoisted-projection']?.speedup).toBe(4.5);
  expect((await copy.unrollWith(['r'], 'watch', '01')).stdout).toContain('01-elman-step has no race');
});
