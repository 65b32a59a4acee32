import type * as tensorflow from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

import { openDevice } from '../device/open.ts';
import { InProcessSubject } from './in-process.ts';
import { HostTensor } from '../wire/tensor.ts';
import { Watchdog } from './watchdog.ts';

const vector = (...numbers: number[]) => new HostTensor([numbers.length], 'float32', Float32Array.from(numbers));
const x = vector(1, 2);

test('the learner’s functions answer every question in this process', async () => {
  const device = await openDevice('cpu');
  let calls = 0;
  const square = (input: { x: tensorflow.Tensor }) => (calls++, device.tf.square(input.x));
  const subject = new InProcessSubject(device, '07-doubling', { square }, new Watchdog());

  expect(subject.device).toEqual(device.report);
  expect(await subject.call('square', { x })).toEqual(vector(1, 4));
  expect(calls, 'the function given is the one that runs').toBe(1);
  expect(await subject.gradients('square', { x }, { of: '', cotangent: vector(1, 1), by: ['x'] })).toEqual({ x: vector(2, 4) });
  expect(await subject.profile('square', { x })).toMatchObject({ kernels: { Square: 1 }, kernelCount: 1 });
  expect(await subject.leaks('square', { x }, 2)).toBe(0);
  await subject.stage({ x: vector(3) });
  expect(await subject.runStaged('square')).toEqual({ answer: vector(9), durationMs: expect.any(Number) });
  expect((await subject.runStaged('square')).durationMs).toBeGreaterThan(0);
  await expect(subject.call('cube', { x })).rejects.toMatchObject({ failureCause: 'missing-export' });
});
