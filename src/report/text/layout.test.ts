import { expect, test } from 'vitest';

import { joinTexts, linesOf, showBlock, showLine, showName, splitAround } from './layout.ts';
import { makeSafe, safe } from './safe-text.ts';

test('a cut never halves a letter', () => {
  expect(showLine(makeSafe('😀'.repeat(30)), 10)).toBe(`${'😀'.repeat(9)}…`);
});

test('ten thousand letters become eighty, and a block says what it left out', () => {
  expect(Array.from(showName(makeSafe('x'.repeat(10_000))))).toHaveLength(80);
  expect(showBlock(makeSafe('y'.repeat(5000)), 4000)).toContain('… 1,000 more characters');
});

test('a block keeps its lines, a line has none', () => {
  expect(showBlock(safe`a\nb`, 10)).toBe('a\nb');
  expect(showLine(safe` a\n\tb `)).toBe('a b');
});

test('a name is never empty', () => {
  expect(showName(makeSafe(' \u0000 '))).toBe('(no name)');
});

test('lines are split and joined, and a text is split around what is found in it', () => {
  expect(joinTexts(linesOf(safe`a\nb`), safe`, `)).toBe('a, b');
  expect(splitAround(safe`one two three`, /t\w+/)).toEqual({ before: 'one ', match: 'two', after: ' three' });
  expect(splitAround(safe`one`, /x/)).toBeNull();
});
