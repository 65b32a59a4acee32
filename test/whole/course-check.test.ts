import { expect, test } from 'vitest';

import { unroll } from '../support/command-line.ts';
import { has } from '../support/needs.ts';

const whole = 1_800_000; // ms: 24 exercises on two devices take eight minutes on two busy cores

test('course check proves the whole course and prints its matrix', { timeout: whole }, async () => {
  const devices = (await has('tensorflow')) ? [] : ['--device', 'wasm']; // what can be judged here; strict mode fails elsewhere without TensorFlow
  const { code, stdout } = await unroll('course', 'check', '--reduced', ...devices);
  expect([code, stdout.split('\n').filter((line) => line.includes('!'))]).toEqual([0, []]);
  expect(stdout).toMatch(/15-associative-scan {2}holds[\s\S]*\n {2}stub +x x[\s\S]*\n {2}solution +\. \./);
  expect(stdout).toContain('all die and are named');
});
