import { expect, test } from 'vitest';

import type { Cause } from '../result/causes.ts';
import { asFailure, attempt } from './failures.ts';

test.for<[string, unknown, Cause, string]>([
  ['an Error', new Error('no'), 'threw', 'f threw: no'],
  ['a string', 'no', 'threw', 'f threw: the value no, which is no Error'],
  ['nothing', undefined, 'threw', 'the value undefined'],
  ['what throws when shown', { toString: () => expect.unreachable() }, 'threw', 'a value that cannot be shown'],
  ['an array too long', new RangeError('Invalid typed array length: 1e12'), 'memory', 'more memory than there is'],
])('%s that is thrown is told in the learner’s words', ([, thrown, cause, words]) => {
  expect(asFailure('f', thrown)).toMatchObject({ name: 'SubjectFailure', failureCause: cause, message: expect.stringContaining(words) });
});

test('what TensorFlow says of a shape is completed by the shapes that came in', () => {
  const fail = () => {
    throw new Error('Invalid TF_Status: 3');
  };
  expect(() => attempt('f', { x: { shape: [2, 3] }, n: 1 }, fail)).toThrow('f threw: Invalid TF_Status: 3 (the inputs were x [2, 3])');
});
