import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { kitRoot } from '../course/places.ts';
import { TypeChecker } from './type-check.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unroll types ü ')); // a folder as people have them
  mkdirSync(join(root, 'exercises/07-doubling'), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'exercises/tsconfig.json']) cpSync(join(kitRoot, file), join(root, file));
  symlinkSync(join(kitRoot, 'node_modules'), join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(text: string): string {
  const path = join(root, 'exercises/07-doubling/doubling.ts');
  writeFileSync(path, text);
  return path;
}

test('an error has the line and its text; what is only unfinished is none', async () => {
  const path = write(
    "import * as tf from '@tensorflow/tfjs';\n\nexport function double(x: tf.Tensor1D): tf.Tensor1D {\n  const later = 1;\n  return tf.mul(x, 'two', 3);\n}\n",
  );
  const found = await new TypeChecker(root).check([path]);
  expect(found).toEqual([
    { file: 'doubling.ts', line: 5, text: "  return tf.mul(x, 'two', 3);", message: expect.stringContaining('Expected 2 arguments') },
  ]);
});

test('a right file has none, and an earlier asking that still runs ends without an answer', async () => {
  const path = write('export const one: number = "one";\n');
  const types = new TypeChecker(root);
  const [early, late] = await Promise.all([types.check([path]), types.check([path])]);
  expect([early.length, late.length]).toEqual([0, 1]);
  write('export const one: number = 1;\n');
  expect(await types.check([path])).toEqual([]);
});
