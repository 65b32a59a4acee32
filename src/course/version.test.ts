import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { readExercise } from './course.ts';
import { kitRoot } from './places.ts';
import { versionOf } from './version.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-version-'));
afterAll(() => rmSync(folder, { recursive: true }));

const id = '19-tiled-attention';
let copies = 0;

/** The version of a copy of an exercise in which one file has a line more. */
function versionWith(changed?: string): string {
  const root = join(folder, String(copies++));
  for (const part of ['exercises', 'solutions']) cpSync(join(kitRoot, part, id), join(root, part, id), { recursive: true });
  if (changed !== undefined) writeFileSync(join(root, changed), '\n', { flag: 'a' });
  return versionOf(readExercise(join(root, 'exercises', id)));
}

const own = versionOf(readExercise(join(kitRoot, 'exercises', id)));

test('the version of an exercise is a SHA-256 and does not depend on where the course lies', () => {
  expect(own).toMatch(/^[0-9a-f]{64}$/);
  expect(versionWith()).toBe(own);
});

test.for([
  `exercises/${id}/exercise.yaml`,
  `exercises/${id}/tiled-attention.test.ts`,
  `exercises/${id}/oracle.ts`,
  `exercises/${id}/lab/stream.ts`,
  `exercises/${id}/lab/more.ts`,
  `solutions/${id}/tiled-attention.ts`,
])('%s decides', (path) => {
  expect(versionWith(path)).not.toBe(own);
});

test.for([`exercises/${id}/README.md`, `exercises/${id}/figures.ts`, `exercises/${id}/tiled-attention.ts`])('%s does not', (path) => {
  expect(versionWith(path)).toBe(own);
});

test('given files decide', () => {
  const root = join(folder, 'given');
  for (const part of ['exercises', 'solutions']) cpSync(join(kitRoot, part, id), join(root, part, id), { recursive: true });
  const exercise = readExercise(join(root, 'exercises', id));
  writeFileSync(join(exercise.folder, 'given.ts'), 'export {};\n');
  const other = { ...exercise, folder: exercise.folder, given: ['given.ts'] };
  expect(versionOf(other)).not.toBe(own);
});
