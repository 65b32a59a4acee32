import { expect, test } from 'vitest';

import { makeSafe, safe } from '../text/safe-text.ts';
import { drawText, renderParts } from './parts.ts';

test('parts are parted by an empty line, and what is empty is left out', () => {
  expect(renderParts([[{ text: safe`one` }], [], [{ text: safe`two` }]], false)).toBe('one\n\ntwo\n');
});

test('a row of a table has its colour, head and rule have none', () => {
  const table = { head: [safe`Name`], rows: [{ cells: [safe`Ada`], tone: 'pass' as const }], shrink: 0, right: [] };
  expect(renderParts([table], true)).toBe('Name\n----\n\u001b[32mAda\u001b[39m\n');
});

test('a terminal is shown no plain string', () => {
  const raw: string = 'raw';
  // @ts-expect-error -- not in a paragraph
  renderParts([[{ text: raw }]], false);
  // @ts-expect-error -- nor in a cell
  const shown = renderParts([{ head: [safe`Name`], rows: [{ cells: [raw] }], shrink: 0, right: [] }], false);
  expect(shown).toContain('raw');
});

test('a line that is wrapped begins no command, with colour and without', () => {
  const text = makeSafe(`${'x'.repeat(100)}::error::a ${'y'.repeat(98)} ::warning::b ##[group]`);
  for (const colour of [false, true]) {
    const lines = renderParts([[{ text, indent: safe`  `, tone: 'fail' }]], colour).split('\n');
    for (const line of lines) expect(line).not.toMatch(/^\s*(\u001b\[\d+m)?\s*::|##\[/);
    expect(lines.length).toBeGreaterThan(3);
  }
});

test('text of any kind is drawn as plain lines', () => {
  expect(drawText('::debug::a\u001b]8;;http://x\u0007b\u202e\r##[x]')).toBe(': :debug::ab[U+202E]\n# #[x]');
});
