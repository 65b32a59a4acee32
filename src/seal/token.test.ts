import { expect, test } from 'vitest';

import { isOfVersion, readToken, writeToken } from './token.ts';

const epoch = { name: '2026-w48', commitment: '3fa1c07b'.padEnd(64, '0') };
const version = '9e2144'.padEnd(64, 'f');
const token = '10/causality/2026-w48/3fa1c07b-9e2144';

test('a token is short, and says again what it was made of', () => {
  expect(writeToken('10-causal-attention', 'causality', epoch, version)).toBe(token);
  const read = readToken(token);
  expect(read).toEqual({ number: '10', check: 'causality', epoch: '2026-w48', commitment: '3fa1c07b', version: '9e2144' });
  expect([version, version.replace('9', '8'), ''].map((whole) => isOfVersion(read, whole))).toEqual([true, false, false]);
});

test.for([
  '',
  'causality',
  token.slice(1),
  token.slice(0, -1),
  `${token}0`,
  ` ${token}`,
  `${token}\n`,
  token.replace('10', '1x'),
  token.replace('causality', '../../etc'),
  token.replace('causality', 'x'.repeat(9999)),
  token.replace('2026-w48', 'W 48'),
  token.replace('3fa1', '3FA1'),
])('%o is refused in one sentence that does not repeat it', (text) => {
  expect(() => readToken(text)).toThrow(/^that is no token of a failed check; a report shows it beside the failure, such as [^\n]{37}$/);
});
