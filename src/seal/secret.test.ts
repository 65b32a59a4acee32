import { inspect } from 'node:util';

import { describe, expect, test } from 'vitest';

import { Secret, writeSecret } from './secret.ts';

test('a new secret can be read again, and no two are the same', () => {
  const [one, other] = [writeSecret(), writeSecret()];
  expect(one).toMatch(/^[0-9a-f]{64}\n$/);
  expect(one).not.toBe(other);
  expect(Secret.parse(one, 'a').derive('x')).toEqual(Secret.parse(` ${one.toUpperCase()}`, 'b').derive('x'));
});

test('each purpose and each secret has a key of its own', () => {
  const secrets = [writeSecret(), writeSecret()].map((text) => Secret.parse(text, 'a'));
  const keys = secrets.flatMap((secret) => ['x', 'y'].map((purpose) => secret.derive(purpose).toString('hex')));
  expect(new Set(keys).size).toBe(4);
});

describe('a text that is no secret is refused in one sentence that does not repeat it', () => {
  test.for([
    ['nothing', '', /^a\.txt holds no secret, /],
    ['words', 'correct horse battery staple', /^a\.txt holds no secret, /],
    ['31 bytes', 'ab'.repeat(31), /^the secret in a\.txt is too short: it has 31 bytes, and 32 are needed; /],
    ['half a byte more', `${'ab'.repeat(32)}a`, /^a\.txt holds no secret, /],
    ['two secrets', writeSecret() + writeSecret(), /^a\.txt holds no secret, /],
    ['a whole file', 'ab'.repeat(9999), /^a\.txt holds no secret, /],
  ] as const)('%s', ([, text, words]) => {
    const read = () => Secret.parse(text, 'a.txt');
    expect(read).toThrow(words);
    expect(read).toThrow(expect.not.stringContaining(text === '' ? 'Secret {' : text.slice(0, 20)));
    expect(read).toThrow(expect.not.stringContaining('\n'));
  });
});

test('a secret does not show itself', () => {
  const text = 'ab'.repeat(32);
  const secret = Secret.parse(text, 'a');
  const shown = [JSON.stringify({ secret }), inspect(secret, { depth: 9, showHidden: true }), Object.keys(secret)].join();
  expect(shown).not.toMatch(/abab|ab ab|171/); // as text, as a buffer, as numbers
});
