import { expect, test } from 'vitest';

import { messageOf, UserError } from './errors.ts';

test('a user’s mistake is told apart from a bug, and keeps what caused it', () => {
  const cause = new Error('ENOENT');
  const error = new UserError('name the folder', { cause });
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.message, error.cause]).toEqual(['UserError', 'name the folder', cause]);
  expect(new Error('name the folder')).not.toBeInstanceOf(UserError);
});

test.for<[string, unknown, string]>([
  ['an error', new RangeError('too long'), 'too long'],
  ['text', 'no', 'no'],
  ['a number', 42, '42'],
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['an object that cannot be shown', Object.create(null), 'something that cannot be shown'],
  ['an object that throws when shown', { toString: () => expect.unreachable() }, 'something that cannot be shown'],
])('%s that was thrown has a message', ([, thrown, message]) => {
  expect(messageOf(thrown)).toBe(message);
});
