import { expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { asJson, countProblems, renderProof, renderSummary, type DeviceProof } from './course-check.ts';

const row = (variant: string) => ({ variant, marks: { values: 'fail' as const }, problems: [] });
const rows = [row('stub'), row('misconception:one'), row('misconception:two')];
const proof = { exercise: makeExercise(), rows, problems: [] as string[], todo: [] as string[], errorShare: 0.5, durationMs: 1 };
const found = (name: 'cpu' | 'wasm', changes: Partial<typeof proof> = {}): DeviceProof => ({
  device: { name, usable: true, kind: 'cpu', version: null, reason: 'a test' },
  proofs: [{ ...proof, ...changes }],
});

test('misconceptions and exercises are counted once, however many devices there are', () => {
  expect(renderSummary([found('cpu'), found('wasm')])).toBe('2 misconceptions in 1 exercises on cpu and wasm: all die and are named');
  expect(countProblems([found('cpu'), found('wasm')])).toBe(0);
});

test('problems are counted on every device, and what is still to be done is not', () => {
  const all = [found('cpu', { problems: ['a', 'b'] }), found('wasm', { problems: ['a'], todo: ['c'] })];
  expect(countProblems(all)).toBe(3);
  expect(renderSummary(all)).toContain(': 3 problems');
});

test('an unfinished exercise is named as such', () => {
  const unfinished = makeExercise({ unfinished: true });
  expect(renderSummary([found('cpu', { exercise: unfinished })])).toMatch(/: no problems; unfinished: 07-doubling$/);
});

test('a device is drawn with its matrices, and programs get the same as JSON', () => {
  expect(renderProof(found('cpu'))).toMatch(/^cpu \(cpu\): a test\n\n07-doubling {2}holds/);
  expect(asJson([found('cpu', { todo: ['c'] })])).toEqual([
    { device: 'cpu', exercises: [{ id: '07-doubling', rows, problems: [], todo: ['c'], errorShare: 0.5 }] },
  ]);
});
