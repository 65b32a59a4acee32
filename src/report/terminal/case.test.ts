import stringWidth from 'string-width';
import { expect, test } from 'vitest';

import { makeCheck } from '../../../test/support/sample.ts';
import { hostileTexts } from '../../../test/support/sample-hostile.ts';
import { renderCase } from './case.ts';

test('a case that fails again has its cause and its whole sentence', () => {
  const check = makeCheck('causality', 'Causal', 1, { status: 'fail', cause: 'wrong-value', message: 'h is 1.\nLook at h.' });
  expect(renderCase('10-causal-attention', check, '2026-w48').trimEnd()).toBe(
    '✗ 10-causal-attention / causality, with the inputs of 2026-w48: failed: wrong value\nh is 1.\nLook at h.',
  );
});

test('one that passes now, or cannot be told, says so', () => {
  expect(renderCase('10-x', makeCheck('c', 'C', 1), 'e').trimEnd()).toBe('✓ 10-x / c, with the inputs of e: passed');
  const noisy = makeCheck('c', 'C', 1, { status: 'not-measured', reason: 'noise' });
  expect(renderCase('10-x', noisy, 'e').trimEnd()).toBe('? 10-x / c, with the inputs of e: not measured\nnoise');
});

test.each(hostileTexts)('hostile text %# steers no terminal', (text) => {
  const check = makeCheck(text, text, 1, { status: 'fail', cause: 'threw', message: text.slice(0, 2000) });
  const shown = renderCase(text, check, text);
  expect(shown).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
  for (const line of shown.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
});
