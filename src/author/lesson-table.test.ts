import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { findTableFaults, withTable, writeTable } from './lesson-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-lesson-'));
afterAll(() => rmSync(folder, { recursive: true }));
const exercise = makeExercise({ folder });
const empty = '# A lesson\n\n<!-- checks -->\n<!-- /checks -->\n\nMore words.\n';
const full = `# A lesson

<!-- checks -->

| check | points | what it pins down |
|---|---:|---|
| values | 2 | The values are right |
| gradients | 1 | The gradients are right |
| kernels | 0.5 | Few kernels |

<!-- /checks -->

More words.
`;

test('the table has a row for each check, in the order of exercise.yaml, and nothing else of the lesson changes', () => {
  expect(withTable(empty, exercise)).toBe(full);
  expect(withTable(full, exercise)).toBe(full);
});

test('a title cannot end its cell, or mean more than it says', () => {
  const checks = { values: { title: '|x| costs $& and $1', points: 1, lookAt: 'here' } };
  expect(withTable(empty, { checks })).toContain('| values | 1 | \\|x\\| costs $& and $1 |\n');
});

test.for<[string, string]>([
  ['no marks', '# A lesson\n'],
  ['no end', '<!-- checks -->\n'],
  ['its end first', '<!-- /checks -->\n<!-- checks -->\n'],
  ['two places', `${empty}${empty}`],
])('a lesson with %s has no place for it', ([, lesson]) => {
  expect(withTable(lesson, exercise)).toBeUndefined();
  writeFileSync(join(folder, 'README.md'), lesson);
  expect(findTableFaults(exercise)).toEqual([expect.stringContaining('has no place for the table of checks')]);
});

test('a table that is not the one of exercise.yaml is a fault until it is written', async () => {
  const lesson = join(folder, 'README.md');
  writeFileSync(lesson, full.replace('| 2 |', '| 3 |'));
  expect(findTableFaults(exercise)).toEqual(['the table of checks in README.md is not what exercise.yaml gives: run course draw']);
  expect(await writeTable(exercise)).toBe(lesson);
  expect(readFileSync(lesson, 'utf8')).toBe(full);
  expect(findTableFaults(exercise)).toEqual([]);
  expect(await writeTable(exercise)).toBeUndefined();
});
