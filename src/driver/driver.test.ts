import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Cause } from '../result/causes.ts';
import type { OpenDevice } from '../device/device.ts';
import { openDevice } from '../device/open.ts';
import { Driver } from './driver.ts';
import { HostTensor } from '../wire/tensor.ts';

type X = { x: tensorflow.Tensor1D };
const vector = (...numbers: number[]) => new HostTensor([numbers.length], 'float32', Float32Array.from(numbers));
const x = vector(1, 2);
const fails = (failureCause: Cause, words: string) => ({ name: 'SubjectFailure', failureCause, message: expect.stringContaining(words) });

let device: OpenDevice;
let tf: OpenDevice['tf'];
let driver: Driver;
beforeAll(async () => {
  device = await openDevice('cpu');
  tf = device.tf;
});
beforeEach(() => {
  driver = new Driver(device);
  driver.enter('m', {
    double: ({ x: value }: X) => ({ y: tf.mul(value, 2) }),
    one: ({ x: value }: X) => tf.square(value),
    later: async ({ x: value }: X) => ({ y: tf.mul(value, 2) }),
    untidy: ({ x: value }: X) => ({ y: tf.add(tf.mul(value, 2), tf.scalar(0)) }),
    echo: ({ x: value }: X) => ({ y: value, z: tf.mul(value, 2) }),
    thief: ({ x: value }: X) => [tf.mul(value, 2), value.dispose()][0],
    reading: ({ x: value }: X) => tf.scalar(value.dataSync()[0] as number),
    stub: () => {
      throw new Error('07-doubling: stub is still to be written');
    },
    wrong: ({ x: value }: X) => tf.reshape(value, [5]),
    silent: () => undefined,
    number: 3,
  });
});
describe('call', () => {
  test.for(['double', 'later', 'untidy'])('%s is answered, and nothing of it stays on the device', async (pass) => {
    const before = tf.memory().numTensors;
    expect(await driver.call('m', pass, { x })).toEqual({ y: vector(2, 4) });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('an input that comes back in the answer was not disposed of', async () => {
    expect(await driver.call('m', 'echo', { x })).toEqual({ y: x, z: vector(2, 4) });
  });

  test.for<[string, Cause, string]>([
    ['absent', 'missing-export', 'does not export a function named absent'],
    ['number', 'missing-export', 'does not export a function named number'],
    ['toString', 'missing-export', 'toString'],
    ['stub', 'unfinished', '07-doubling: stub is still to be written'],
    ['wrong', 'threw', 'wrong threw: '],
    ['silent', 'bad-answer', 'is a return missing?'],
    ['thief', 'broken-rule', 'disposed of its input x'],
  ])('%s is %s', async ([pass, cause, words]) => {
    await expect(driver.call('m', pass, { x })).rejects.toMatchObject(fails(cause, words));
  });

  test('a module that was never entered exports nothing', async () => {
    await expect(driver.call('other', 'double', { x })).rejects.toMatchObject(fails('missing-export', 'double'));
  });
});

describe('gradients', () => {
  test.for([
    ['double', 'y', [2, 20]],
    ['one', '', [2, 40]],
  ] as const)('of %s, weighed by the cotangent', async ([pass, of, numbers]) => {
    expect(await driver.gradients('m', pass, { x }, { of, cotangent: vector(1, 10), by: ['x'] })).toEqual({ x: vector(...numbers) });
  });

  test('where none reaches an input, that input is named', async () => {
    const by = ['x', 'unused'];
    const asked = driver.gradients('m', 'double', { x, unused: x }, { of: 'y', cotangent: vector(1, 10), by });
    await expect(asked).rejects.toMatchObject(fails('threw', 'no gradient reaches unused ('));
  });

  test.for([
    ['double', 'z'],
    ['later', 'y'],
    ['double', ''],
  ])('of %s by %j cannot be taken', async ([pass, of]) => {
    const question = { of: of as string, cotangent: x, by: ['x'] };
    await expect(driver.gradients('m', pass as string, { x }, question)).rejects.toMatchObject(
      fails('bad-answer', 'must answer with a tensor'),
    );
  });
});

describe('profile', () => {
  test('counts the kernels by name', async () => {
    const { kernels, kernelCount, hostReads, peakBytes } = await driver.profile('m', 'untidy', { x });
    expect({ kernels, kernelCount, hostReads }).toEqual({ kernels: { Multiply: 1, Add: 1 }, kernelCount: 2, hostReads: 0 });
    expect(peakBytes).toBeGreaterThanOrEqual(4 * (2 + 2 + 2));
  });

  test('counts what is read to the host, and only while it counts', async () => {
    expect((await driver.profile('m', 'reading', { x })).hostReads).toBe(1);
    expect((await driver.profile('m', 'one', { x })).hostReads).toBe(0);
  });

  test('takes a pass whose answer holds its input', async () => {
    expect((await driver.profile('m', 'echo', { x })).kernelCount).toBe(1);
  });

  test('is over when the pass throws', async () => {
    const before = Object.getOwnPropertyDescriptors(tf.Tensor.prototype);
    await expect(driver.profile('m', 'stub', { x })).rejects.toMatchObject(fails('unfinished', 'stub'));
    expect(tf.engine().state.profiling).toBe(false);
    expect(Object.getOwnPropertyDescriptors(tf.Tensor.prototype)).toEqual(before);
  });
});

test('leaks counts what grows from call to call, not what a first call keeps', async () => {
  let [first, kept]: tensorflow.Tensor[][] = [[], []];
  driver.enter('leaky', {
    once: ({ x: value }: X) => ((first = first?.length ? first : [tf.keep(tf.scalar(1))]), tf.square(value)),
    always: ({ x: value }: X) => (kept?.push(tf.keep(tf.scalar(1))), tf.square(value)),
  });
  expect(await driver.leaks('leaky', 'once', { x }, 3)).toBe(0);
  expect(await driver.leaks('leaky', 'always', { x }, 3)).toBe(3);
  expect(await driver.leaks('m', 'one', { x }, 3)).toBe(0);
  tf.dispose([...(first ?? []), ...(kept ?? [])]);
});

test('a staged input serves many runs, and the next one takes its place', async () => {
  await driver.stage({ x });
  for (let run = 0; run < 2; run++) expect(await driver.runStaged('m', 'double')).toEqual({ y: vector(2, 4) });
  await driver.stage({ x: vector(5), n: 1 });
  expect(await driver.runStaged('m', 'double')).toEqual({ y: vector(10) });
  await driver.stage({});
});
