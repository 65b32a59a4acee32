import stringWidth from 'string-width';
import { expect, test } from 'vitest';

import { cutText, padText, wrapText } from './columns.ts';

const wide = ['王小明'.repeat(9), '👩‍🚀'.repeat(20), 'a王小明 b'.repeat(5), '❤️'.repeat(9), 'e\u0301'.repeat(30), 'plain words to cut'];

test('no cut is wider than asked for, whatever it halves, and none is much narrower', () => {
  for (const text of wide)
    for (let columns = 3; columns < 18; columns++) {
      const width = stringWidth(cutText(text, columns));
      expect([columns, columns - 1, columns - 2]).toContain(width); // a wide letter and a space before the ellipsis may fall away
    }
});

test('what fits is not cut, and wide letters are padded by what they take', () => {
  expect([cutText('王小明', 6), cutText('王小明', 5), padText('王', 4), padText('1', 3, 'right')]).toEqual([
    '王小明',
    '王小…',
    '王  ',
    '  1',
  ]);
});

test('words wrap under an indent, and a word that is too long is broken', () => {
  expect(wrapText('one two three', 9, '  ')).toEqual(['one two', '  three']);
  expect(wrapText('aaaaaaaaa b', 6, '  ')).toEqual(['aaaa', '  aaaa', '  a b']);
  for (const line of wide.flatMap((text) => wrapText(text, 12, '  '))) expect(stringWidth(line)).toBeLessThanOrEqual(12);
});
