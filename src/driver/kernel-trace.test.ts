import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';

import type { OpenDevice } from '../device/device.ts';
import { openDevice } from '../device/open.ts';
import { Driver } from './driver.ts';
import { HostTensor } from '../wire/tensor.ts';

type X = { x: tensorflow.Tensor1D };
const vector = (...numbers: number[]) => new HostTensor([numbers.length], 'float32', Float32Array.from(numbers));
const [first, second] = [vector(1, 2), vector(5, -6)];

let device: OpenDevice;
let tf: OpenDevice['tf'];
let driver: Driver;
beforeAll(async () => {
  device = await openDevice('cpu');
  tf = device.tf;
  driver = new Driver(device);
  driver.enter('m', {
    named: ({ x }: X) => ({ y: tf.tidy(() => tf.add(tf.mul(x, 2), tf.scalar(1))), z: tf.square(x) }),
    single: ({ x }: X) => tf.neg(x),
    later: async ({ x }: X) => ({ y: tf.neg(x) }),
    lists: ({ x }: X) => tf.tidy(() => ({ y: tf.concat([...tf.split(x, 2), tf.addN([x, x])]) })),
    attributes: ({ x }: X) => ({ y: tf.pad(x, [[1, 0]], -Infinity), z: tf.cumsum(x, 0, true) }),
    fails: () => tf.matMul(tf.ones([2]), tf.ones([3])),
    host: ({ x }: X) => ({ y: tf.tensor1d([...x.dataSync()].map((value) => 2 * value)) }),
  });
});

/** Traces a pass on one input and replays its kernels on another. */
async function again(pass: string) {
  driver.install('m', 'again', await driver.traceKernels('m', pass, { x: first }));
  await driver.stage({ x: second });
  return driver.runStaged('m', 'again');
}

test.for(['named', 'later', 'lists', 'attributes'])('the kernels of %s give its answers to another input', async (pass) => {
  const expected = await driver.call('m', pass, { x: second });
  expect(await again(pass)).toEqual(expected);
});

test('an answer that is one tensor gets a name', async () => {
  expect(await again('single')).toEqual({ answer: vector(-5, 6) });
});

test('what was computed on the host is not among them', async () => {
  await expect(again('host')).rejects.toMatchObject({ message: expect.stringContaining('a tensor that it never made') });
});

test('a recording leaves the engine and the device as they were, also where the pass throws', async () => {
  await driver.stage({});
  const before = tf.memory().numTensors;
  await driver.traceKernels('m', 'named', { x: first });
  await expect(driver.traceKernels('m', 'fails', { x: first })).rejects.toMatchObject({ name: 'SubjectFailure', failureCause: 'threw' });
  expect(Object.hasOwn(tf.engine(), 'runKernel')).toBe(false);
  expect(tf.memory().numTensors).toBe(before);
});
