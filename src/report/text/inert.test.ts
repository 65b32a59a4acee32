import { expect, test } from 'vitest';
import { showBlock, showLine, showName } from './inert.ts';

test('terminal commands are taken out and the text around them stays', () => {
  expect(showLine('\u001b[31mred\u001b[0m \u001b]0;title\u0007and \u001b]8;;http://x\u001b\\link \u009b2Jend\u0000\u0008')).toBe(
    'red and link end',
  );
});

test('an unfinished terminal command hides nothing that follows', () => {
  expect(showLine('\u001b]0;the message')).toContain('0;the message');
});

test('what cannot be seen is marked, in names of every direction', () => {
  expect(showLine('abc\u202Egpj\u200B')).toBe('abc[U+202E]gpj[U+200B]');
  expect(showLine('\u2066x\u{E0041}')).toBe('[U+2066]x[U+E0041]');
});

test('emoji, accents and joined scripts stay as they are', () => {
  for (const text of ['👩‍🚀 ❤️ 👍🏽', 'Zoë Müller', 'می‌خواهم', 'क्‍ष', '王小明']) expect(showLine(text)).toBe(text);
});

test('a half of a surrogate pair becomes the replacement character, before and after the cut', () => {
  expect(showLine('a\ud83db')).toBe('a\ufffdb');
  expect(showLine('😀'.repeat(30), 10)).toBe(`${'😀'.repeat(9)}…`);
});

test('ten thousand letters become eighty, and a block says what it left out', () => {
  expect(Array.from(showName('x'.repeat(10_000)))).toHaveLength(80);
  expect(showBlock('y'.repeat(5000), 4000)).toContain('… 1,000 more characters');
});

test('a block keeps its lines, a line has none, marks do not pile up', () => {
  expect(showBlock('a\r\nb\rc')).toBe('a\nb\nc');
  expect(showLine(' a\n\tb ')).toBe('a b');
  expect(showLine(`z${'\u0301'.repeat(50)}`)).toHaveLength(5);
});

test('a name is never empty', () => {
  expect(showName(' \u0000 ')).toBe('(no name)');
});
