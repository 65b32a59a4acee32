import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { writeThreshold } from './threshold-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-thresholds-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'exercise.yaml');
const exercise = makeExercise({ folder });
const measured = { exercise, deviceClass: 'wasm', parallel: [4], sequential: [1] } as const;
const write = (threshold?: { speedup: number; share: number; from: string; provisional: boolean }) =>
  writeThreshold({ ...measured, threshold });
const head = 'files: [a.ts]\nrace:\n  baseline: s\n  sizes: { T: 4 }\n';
const tail = "hints:\n  - 'One,\n    two.' # said twice\n";

test('one threshold changes, or comes, or goes, and every other line stays as it was', async () => {
  writeFileSync(path, `${head}  thresholds:\n    tensorflow-cpu:\n      speedup: 4 # the middle\n      from: a measurement\n${tail}`);
  await write({ speedup: 2, share: 0.4, from: 'another', provisional: false });
  const both = `${head}  thresholds:\n    tensorflow-cpu:\n      speedup: 4 # the middle\n      from: a measurement\n    wasm:\n      speedup: 2\n      share: 0.4\n      from: another\n${tail}`;
  expect(readFileSync(path, 'utf8')).toBe(both);
  await write({ speedup: 3, share: 0.4, from: 'another', provisional: false });
  expect(readFileSync(path, 'utf8')).toBe(both.replace('speedup: 2', 'speedup: 3'));
  await write();
  expect(readFileSync(path, 'utf8')).toBe(
    `${head}  thresholds:\n    tensorflow-cpu:\n      speedup: 4 # the middle\n      from: a measurement\n${tail}`,
  );
});

test('the last one that goes leaves an empty map, and the next one finds its place', async () => {
  writeFileSync(path, `${head}  thresholds:\n    wasm:\n      speedup: 4\n      from: a measurement\n${tail}`);
  await write();
  expect(readFileSync(path, 'utf8')).toBe(`${head}  thresholds: {}\n${tail}`);
  await write({ speedup: 2, share: 0.4, from: 'another', provisional: false });
  expect(readFileSync(path, 'utf8')).toBe(
    `${head}  thresholds:\n    wasm:\n      speedup: 2\n      share: 0.4\n      from: another\n${tail}`,
  );
});
