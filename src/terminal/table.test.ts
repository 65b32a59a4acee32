import stringWidth from 'string-width';
import { expect, test } from 'vitest';

import { alignRows, renderMarkdownTable, renderTable } from './table.ts';

test('cells stand under each other, numbers to the right, wide letters counted as two', () => {
  expect(
    alignRows(
      [
        ['a', '10', 'x'],
        ['王小', '5', ''],
      ],
      { right: [1] },
    ),
  ).toEqual(['a     10  x', '王小   5']);
});

test('a table has a head and a rule, and one of no rows is none', () => {
  expect(renderTable(['Name', 'n'], [['Ada', '12']], { right: [1] })).toEqual(['Name   n', '----  --', 'Ada   12']);
  expect(renderTable(['Name'], [])).toEqual([]);
});

test('one column gives way where the table is too wide, and no further than it can be read', () => {
  const rows = [['x'.repeat(50), '王小明'.repeat(9), '1']];
  for (const line of alignRows(rows, { fit: { width: 70, shrink: 1 } })) expect(stringWidth(line)).toBeLessThanOrEqual(70);
  expect(alignRows(rows, { fit: { width: 20, shrink: 1 } })).toEqual([`${'x'.repeat(50)}  王小明…   1`]);
});

test('a table for a Markdown document', () => {
  expect(renderMarkdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});
