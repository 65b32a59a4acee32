import { beforeAll, describe, expect, test } from 'vitest';

import type { Tensors } from '../device/device.ts';
import { openDevice } from '../device/open.ts';
import { readAnswer } from './read-answer.ts';
import { HostTensor } from '../wire/tensor.ts';

let tf: Tensors;
beforeAll(async () => {
  ({ tf } = await openDevice('cpu'));
});

const bad = (message: string) => ({ name: 'SubjectFailure', failureCause: 'bad-answer', message: expect.stringContaining(message) });
const nested = (depth: number): unknown => (depth === 0 ? 1 : { inner: nested(depth - 1) });

describe('an answer of tensors and numbers is read', () => {
  test('tensors of each type, with shape and numbers', async () => {
    expect(await readAnswer(tf, tf.tensor2d([[1, 2]]))).toEqual(new HostTensor([1, 2], 'float32', Float32Array.of(1, 2)));
    expect(await readAnswer(tf, tf.scalar(-3, 'int32'))).toEqual(new HostTensor([], 'int32', Int32Array.of(-3)));
    expect(await readAnswer(tf, tf.tensor1d([true, false]))).toEqual(new HostTensor([2], 'bool', Uint8Array.of(1, 0)));
  });

  test('numbers, also those that are not finite: whether they belong is not asked here', async () => {
    for (const number of [1.5, NaN, -Infinity]) expect(await readAnswer(tf, number)).toBe(number);
  });

  test('objects of lists of objects, as a cache of several layers', async () => {
    expect(await readAnswer(tf, { loss: 1, cache: [{ k: 2 }, { k: 3 }] })).toEqual({ loss: 1, cache: [{ k: 2 }, { k: 3 }] });
    expect(await readAnswer(tf, nested(3))).toEqual(nested(3));
  });

  test('a part named __proto__ stays a part', async () => {
    expect(Object.keys((await readAnswer(tf, JSON.parse('{"__proto__": 1}'))) as object)).toEqual(['__proto__']);
  });
});

describe('anything else is no answer, and the place is named', () => {
  test.for<[string, unknown, string]>([
    ['nothing', undefined, 'the answer is undefined (is a return missing?)'],
    ['null', { h: null }, "the answer's h is null (is a return missing?)"],
    ['text', 'all right', 'the answer is a string'],
    ['a truth', true, 'the answer is a boolean'],
    ['a function', { h: [() => 1] }, "the answer's h's 0 is a function"],
    ['a typed array', { h: new Float32Array(2) }, "the answer's h is a typed array"],
    ['a tree too deep', nested(4), "inner's inner's inner is a object"],
    ['a list too long', Array.from({ length: 65 }, () => 1), 'the answer has 65 parts'],
  ])('%s', async ([, answer, message]) => {
    await expect(readAnswer(tf, answer)).rejects.toMatchObject(bad(message));
  });

  test('a ring ends at the depth that is allowed', async () => {
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    await expect(readAnswer(tf, ring)).rejects.toMatchObject(bad('the answer'));
  });

  test('a tensor that is gone, or of another type', async () => {
    const gone = tf.scalar(1);
    gone.dispose();
    await expect(readAnswer(tf, { h: gone })).rejects.toMatchObject(bad("the answer's h is a tensor that was already disposed of"));
    await expect(readAnswer(tf, tf.tensor(['a']))).rejects.toMatchObject(bad('a tensor of string'));
    await expect(readAnswer(tf, tf.complex([1], [2]))).rejects.toMatchObject(bad('a tensor of complex64'));
  });

  test('what only looks like a tensor is read as the object it is', async () => {
    await expect(readAnswer(tf, { shape: [1], dtype: 'float32', data: async () => [1] })).rejects.toMatchObject(bad('dtype is a string'));
  });
});
