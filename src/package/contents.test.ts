import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { kitRoot } from '../course/places.ts';
import { ownFiles } from './contents.ts';

const files = ownFiles(kitRoot);

test('the templates of a new exercise come along', () => {
  const templates = readdirSync(join(kitRoot, 'src/author/new-exercise')).map((name) => `src/author/new-exercise/${name}`);
  expect(templates.length).toBeGreaterThan(0);
  expect(files).toEqual(expect.arrayContaining(templates));
});

test('given files come along once, and tests of the kit do not', () => {
  expect(files.filter((path) => path.endsWith('21-recall/given.ts'))).toEqual(['exercises/21-recall/given.ts']);
  expect(files.filter((path) => path.startsWith('src/') && path.endsWith('.test.ts'))).toEqual([]);
});
