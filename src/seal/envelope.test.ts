import { expect, test } from 'vitest';

import { Envelope } from './envelope.ts';
import { Secret, writeSecret } from './secret.ts';

const secret = Secret.parse(writeSecret(), 'a test');
const text = Buffer.from('the work of a student');

test('a worker opens with its key what the grader closes under its secret, and the other way round', () => {
  const grader = Envelope.of(secret);
  const worker = Envelope.parse(`${grader.writeKey()}\n`, 'a test');
  expect(worker.open(grader.close(text, 'question/1'), 'question/1')).toEqual(text);
  expect(grader.open(worker.close(text, 'answer/1'), 'answer/1')).toEqual(text);
  expect(worker.name).toBe(grader.name);
});

test('what is closed shows nothing, and is never the same twice', () => {
  const envelope = Envelope.of(secret);
  const closed = envelope.close(text, 'a');
  expect(closed.includes(text.subarray(0, 8))).toBe(false);
  expect(envelope.close(text, 'a')).not.toEqual(closed);
});

test('it opens under no other name, no other key, and not where a bit was changed', () => {
  const envelope = Envelope.of(secret);
  const closed = envelope.close(text, 'a');
  expect(envelope.open(closed, 'b')).toBeUndefined();
  expect(Envelope.of(Secret.parse(writeSecret(), 'a test')).open(closed, 'a')).toBeUndefined();
  for (let at = 0; at < closed.length; at++) {
    const spoiled = Buffer.from(closed);
    spoiled[at] = (spoiled[at] ?? 0) ^ 1;
    expect(envelope.open(spoiled, 'a')).toBeUndefined();
  }
  for (const length of [0, 12, 27]) expect(envelope.open(closed.subarray(0, length), 'a')).toBeUndefined();
});

test('the key of a worker is neither the secret nor a key that seals', () => {
  expect(secret.derive('unroll/seal/v1').toString('hex')).not.toBe(Envelope.of(secret).writeKey());
  expect(secret.derive('unroll/verdict/v1').toString('hex')).not.toBe(Envelope.of(secret).writeKey());
});

test('a file that holds no key is refused with what makes one', () => {
  expect(() => Envelope.parse('hello', 'key.txt')).toThrow(
    'key.txt holds no worker key, which is 64 hexadecimal digits; `npx unroll cohort worker-key` prints it',
  );
});
