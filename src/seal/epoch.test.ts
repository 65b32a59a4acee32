import { createHmac } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { commitTo, deriveEpochKey, drawEpoch, opens, readEpochKey, writeEpochKey } from './epoch.ts';
import { Secret } from './secret.ts';

const bytes = 'a1'.repeat(32);
const secret = Secret.parse(bytes, 'a test');
const exercises = ['10-causal-attention', '15-associative-scan'];

test('seeds come from secret, epoch and exercise as docs/formats.md says, step by step', () => {
  const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = hmac(Buffer.from(bytes, 'hex'), 'unroll/epoch/v1/2026-w48');
  const { epoch, seeds } = drawEpoch(deriveEpochKey(secret, '2026-w48'), exercises);
  expect(seeds).toEqual(Object.fromEntries(exercises.map((id) => [id, hmac(key, `unroll/exercise/v1/${id}`).toString('hex')])));
  expect(epoch).toEqual({ name: '2026-w48', commitment: hmac(key, 'unroll/commitment/v1/2026-w48').toString('hex') });
});

test('the same epoch gives the same seeds; another epoch, exercise or secret gives others', () => {
  const draw = (from: Secret, name: string) => Object.values(drawEpoch(deriveEpochKey(from, name), exercises).seeds);
  expect(draw(secret, '2026-w48')).toEqual(draw(secret, '2026-w48'));
  const all = [draw(secret, '2026-w48'), draw(secret, '2026-w49'), draw(Secret.parse('a2'.repeat(32), 'a test'), '2026-w48')].flat();
  expect(new Set(all).size).toBe(6);
});

describe('a released key', () => {
  const released = writeEpochKey(deriveEpochKey(secret, '2026-w48'));
  const { epoch, seeds } = drawEpoch(deriveEpochKey(secret, '2026-w48'), exercises);

  test('opens its epoch, without the secret', () => {
    const key = readEpochKey(released, '2026-w48');
    expect(drawEpoch(key, exercises)).toEqual({ epoch, seeds });
    for (const digits of [epoch.commitment, epoch.commitment.slice(0, 8)]) expect(opens(key, digits)).toBe(true);
  });

  test('opens no other epoch', () => {
    const other = deriveEpochKey(secret, '2026-w49');
    const taken = readEpochKey(released, '2026-w49');
    expect(opens(taken, commitTo(other).commitment.slice(0, 8))).toBe(false);
    expect(Object.values(drawEpoch(taken, exercises).seeds)).not.toContain(Object.values(drawEpoch(other, exercises).seeds)[0]);
  });

  test.for(['', '0', `${epoch.commitment}0`, '€'.repeat(8)])('is not taken for that of the commitment %o', (digits) => {
    expect(opens(readEpochKey(released, '2026-w48'), digits)).toBe(false);
  });

  test('stands in nothing that a result tells', () => {
    expect(JSON.stringify(epoch)).not.toContain(released);
    for (const seed of Object.values(seeds)) expect(JSON.stringify(epoch)).not.toContain(seed);
  });
});

test.for(['', 'W48', 'a b', 'a/b', '../a', '-a', 'a-', 'a..b', 'a\n', 'ä', '__proto__', 'x'.repeat(33), '\u001B[2J'])(
  'the name %o of an epoch is refused in one sentence that does not repeat it',
  (name) => {
    expect(() => deriveEpochKey(secret, name)).toThrow(/^an epoch is named by up to 32 small letters and digits, [^\n]+ such as 2026-w48$/);
  },
);

test.for(['', 'abc', 'g'.repeat(64), 'ab'.repeat(33), ` ${'ab'.repeat(32)}`])('the key %o is refused in one sentence', (text) => {
  expect(() => readEpochKey(text, '2026-w48')).toThrow(/^that is no key of an epoch, which is 64 hexadecimal digits; [^\n]+$/);
});
