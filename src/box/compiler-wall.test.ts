import { afterEach, expect, test } from 'vitest';

import { CompilerWall } from './compiler-wall.ts';
import { describeIsolation } from './isolation.ts';

let wall: CompilerWall;
afterEach(() => wall.close());
const open = async () => (wall = new CompilerWall((await describeIsolation()).level));
const module = (text: string) => ({ key: 'k', entry: 'a.ts', files: { 'a.ts': text } });
const honest = module('export const f = (x: number): number => x;');

test('a text becomes the same module as without a wall, and a mistake the same sentence', async () => {
  await open();
  expect(await wall.compile(honest)).toEqual({ key: 'k', code: expect.stringContaining('f = (x) => x') });
  expect(await wall.compile(module('export const f = (;'))).toEqual({ key: 'k', broken: expect.stringContaining('line 1 of a.ts: ') });
});

test.for<[string, string, RegExp]>([
  ['braces without end', '{'.repeat(15_000), /./],
  ['one operator many thousand times', '!'.repeat(261_000), /memory|ended/],
  [
    'an enum whose members double',
    `enum E { a0 = "${'x'.repeat(64)}", ${Array.from({ length: 24 }, (_, at) => `a${at + 1} = a${at} + a${at}`).join(', ')} } export const f = E.a24;`,
    /memory|too large|ended/,
  ],
])('%s ends the compiler at most, costs its author alone, and the next text is compiled', { timeout: 60_000 }, async ([, text, words]) => {
  await open();
  const before = process.memoryUsage().rss;
  const [hostile, next] = await Promise.all([wall.compile(module(text)), wall.compile(honest)]);
  expect(hostile).toEqual({ key: 'k', broken: expect.stringMatching(/^the file does not compile: /) });
  expect((hostile as { broken: string }).broken).toMatch(words);
  expect(next).toEqual({ key: 'k', code: expect.any(String) });
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
});
