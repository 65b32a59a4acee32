import { readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { makeGradebook, makeStudent } from '../../../test/support/sample.ts';
import { hostileTexts, makeHostileResult } from '../../../test/support/sample-hostile.ts';
import { linkTo } from './href.ts';
import { disarm, makeSafe, safe, type SafeText } from './safe-text.ts';

test('terminal commands are taken out and the text around them stays', () => {
  expect(makeSafe('\u001b[31mred\u001b[0m \u001b]0;my title\u0007and \u001b]8;;http://x/a b\u001b\\link \u009b2Jend\u0000\u0008')).toBe(
    'red and link end',
  );
});

test('an unfinished terminal command hides nothing that follows', () => {
  expect(makeSafe('\u001b]0;the message')).toBe(']0;the message');
});

test('what cannot be seen is marked, in names of every direction', () => {
  expect(makeSafe('abc\u202Egpj\u200B')).toBe('abc[U+202E]gpj[U+200B]');
  expect(makeSafe('\u2066x\u{E0041}')).toBe('[U+2066]x[U+E0041]');
});

test('emoji, accents and joined scripts stay as they are', () => {
  for (const text of ['👩‍🚀 ❤️ 👍🏽', 'Zoë Müller', 'می‌خواهم', 'क्‍ष', '王小明']) expect(makeSafe(text)).toBe(text);
});

test('a half of a surrogate pair becomes the replacement character, every line break a line feed, and marks do not pile up', () => {
  expect(makeSafe('a\ud83db')).toBe('a\ufffdb');
  expect(makeSafe('a\r\nb\rc\u2028d\fe')).toBe('a\nb\nc\nd\ne');
  expect(makeSafe(`z${'\u0301'.repeat(50)}`)).toHaveLength(5);
});

test('safe text made safe once more is the same', () => {
  for (const text of hostileTexts) expect(makeSafe(makeSafe(text))).toBe(makeSafe(text));
});

test('of a whole result every text is made safe, numbers stay, and the address of a folder is left for its link', () => {
  const raw = '\u001b[2Jx\u202E';
  const gradebook = makeSafe(makeGradebook([makeStudent(makeHostileResult(raw), raw)]));
  const shown = JSON.stringify(gradebook.students[0]?.outcome, (key, value: unknown) => (key === 'sizes' ? {} : value)); // keys are plain strings
  expect(shown).not.toMatch(/\\u001b|\u202e/);
  expect(gradebook).toMatchObject({ durationMs: 1_312_000, students: [{ name: 'x[U+202E]', folder: raw }] });
  expect(linkTo(gradebook.students[0]?.folder ?? '')).toBe('./%1B%5B2Jx%E2%80%AE');
});

test('a key like __proto__ stays a key', () => {
  const sizes = makeSafe(JSON.parse('{"__proto__": 4}') as Record<string, number>);
  expect(Object.entries(sizes)).toEqual([['__proto__', 4]]);
});

test("the kit's own words hold safe text and numbers, and nothing else compiles", () => {
  const raw: string = '\u001b[2J';
  const name: SafeText = safe`Ada`;
  expect(safe`${name}: ${3} points`).toBe('Ada: 3 points');
  // @ts-expect-error -- a plain string is no safe text
  const text: SafeText = raw;
  // @ts-expect-error -- nor may it stand in the kit's words
  const words = safe`Report of ${raw}`;
  // @ts-expect-error -- what a string's methods give is plain again
  const upper: SafeText = name.toUpperCase();
  expect([text, words, upper]).toHaveLength(3);
});

test.for<[string, string]>([
  ['::error file=x::no', ': :error file=x::no'],
  ['a\n \t::add-mask::x\n:::y', 'a\n \t: :add-mask::x\n: ::y'],
  ['a ##[group]b ##vso[task.setvariable]c ##teamcity[x', 'a # #[group]b # #vso[task.setvariable]c # #teamcity[x'],
  ['###[command]', '## #[command]'],
  ['std::vector and ## a title', 'std::vector and ## a title'],
])('a command to a service of continuous integration becomes text: %j', ([text, inert]) => {
  expect(disarm(makeSafe(text))).toBe(inert);
  expect(disarm(disarm(makeSafe(text)))).toBe(inert);
});

test('a megabyte in one line is made safe in a moment', () => {
  const start = performance.now();
  for (const piece of ['x', '\u202e', '\u001b[', '\u0301', '::', '##[', ' ', '\ud800', '\r', '\u001b]8;;'])
    disarm(makeSafe(piece.repeat(2 ** 20 / piece.length)));
  expect(performance.now() - start).toBeLessThan(20_000); // ms: 10 texts, some 100 each alone
});

test('only this file says of a text that it is safe', () => {
  const report = new URL('../../', import.meta.url);
  const files = readdirSync(report, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const claiming = files.filter((name) => /\bas (SafeText|Safe<)/.test(readFileSync(new URL(name, report), 'utf8')));
  expect(claiming).toEqual(['report/text/safe-text.ts']);
});
