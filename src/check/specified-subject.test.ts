import { describe, expect, test } from 'vitest';

import type { DeviceReport } from '../result/device.ts';
import { NotApplicable } from '../wire/subject.ts';
import { toTensor } from './nested.ts';
import { defineOracle, type Oracle } from './oracle.ts';
import { SpecifiedSubject } from './specified-subject.ts';

type Input = { x: number[]; n?: number };
const device: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: null, reason: '' };
const double = ({ x, n = 0 }: Input) => ({ y: x.map((value) => 2 * value + n) });
const oracle = defineOracle({
  passes: { double, square: ({ x }: Input) => x.map((value) => value * value) },
  misconceptions: {
    triples: { when: 'three', lookAt: 'two', passes: { double: ({ x }: Input) => ({ y: x.map((value) => 3 * value) }) } },
  },
}) as unknown as Oracle;
const subject = new SpecifiedSubject(device, oracle, 'triples');
const x = toTensor([1, 2]);

describe('a misconception in the place of a learner', () => {
  test('answers what a learner with it would answer', async () => {
    expect(await subject.call('double', { x })).toEqual({ y: toTensor([3, 6]) });
  });

  test('is right in every pass that it does not name', async () => {
    expect(await subject.call('square', { x })).toEqual(toTensor([1, 4]));
  });

  test('gives the gradient of what it answers, not of what is right', async () => {
    const found = await subject.gradients('double', { x }, { of: 'y', cotangent: toTensor([1, 10]), by: ['x'] });
    expect([...(found['x']?.data ?? [])]).toEqual([expect.closeTo(3, 5), expect.closeTo(30, 5)]);
  });

  test('takes numbers beside tensors', async () => {
    expect(await new SpecifiedSubject(device, oracle, 'none').call('double', { x, n: 1 })).toEqual({ y: toTensor([3, 5]) });
  });

  test('a pass that no loops can be, such as training, cannot be asked of them', async () => {
    await expect(subject.call('cube', { x })).rejects.toThrow(NotApplicable);
  });

  test.for(['profile', 'leaks', 'stage', 'runStaged'] as const)('%s cannot be asked of loops', async (question) => {
    await expect(async () => subject[question]()).rejects.toThrow(NotApplicable);
  });
});
