import { array, assert, asyncProperty, constantFrom, oneof, string, stringMatching, tuple } from 'fast-check';
import { afterAll, expect, test } from 'vitest';

import { CompilerWall } from '../../src/box/compiler-wall.ts';
import { describeIsolation } from '../../src/box/isolation.ts';
import { fuzzing } from '../support/fuzz.ts';

const wall = new CompilerWall((await describeIsolation()).level);
afterAll(() => wall.close());

/** Words and signs of the language, ways to reach other files, and what has no place in a text. */
const piece = oneof(
  constantFrom(
    ...[
      'export ',
      'const ',
      'function ',
      'f',
      ' = ',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '=>',
      ';',
      '\n',
      ',',
      '!',
      '`',
      '${',
      "'",
      '"',
      '/',
      '/*',
      '//',
      '<',
      '>',
    ],
    ...[
      'class ',
      'enum E ',
      'namespace N ',
      'declare ',
      'abstract ',
      '@',
      'async ',
      'await ',
      'yield ',
      'import ',
      'from ',
      'import(',
      'require(',
      'import.meta',
      'export * from ',
    ],
    ...[
      "'./../../subject.ts'",
      "'node:fs'",
      "'data:text/javascript,1'",
      "'file:///etc/passwd'",
      "'/etc/passwd'",
      "'./b'",
      "'@tensorflow/tfjs'",
      "'\\u002e/b'",
      "'https://x'",
      ' with { type: "json" }',
    ],
    ...[
      '<script>',
      '</script>',
      '//# sourceMappingURL=',
      '/// <reference path="x"/>',
      '\u2028',
      '\u0000',
      '\ud800',
      '\ufeff',
      '#!',
      'use strict',
      '1e999',
      '0n',
      '\\u{110000}',
      '/(?<a>/',
    ],
  ),
  string({ maxLength: 8 }),
  stringMatching(/^[-+*/%&|^~?:.]{1,4}$/),
  tuple(constantFrom('(', '[', '{', '!', '`${', '<', 'a.', 'x?', 'if(1)'), constantFrom(2, 30, 300)).map(([sign, times]) =>
    sign.repeat(times),
  ),
);
const texts = array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

test('whatever text is handed in, the compiler behind its wall answers with a module or a sentence', { timeout: 600_000 }, async () => {
  const { seed, numRuns } = fuzzing('texts to compile');
  const before = process.memoryUsage().rss;
  let longestMs = 0;
  await assert(
    asyncProperty(texts, texts, async (first, second) => {
      const start = performance.now();
      const module = await wall.compile({ key: 'k', entry: 'a.ts', files: { 'a.ts': first, 'b.ts': second } });
      longestMs = Math.max(longestMs, performance.now() - start);
      const said = 'broken' in module ? module.broken : module.code;
      expect(said).not.toMatch(/^root:|BEGIN|unroll\/src/m); // nothing of the grader's disk
    }),
    { seed, numRuns },
  );
  expect(longestMs).toBeLessThan(2000);
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 2 ** 20); // the generator's own included
});
