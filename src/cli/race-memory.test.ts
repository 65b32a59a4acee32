import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import type { RaceResult } from '../result/race.ts';
import type { Result } from '../result/result.ts';
import { RaceMemory } from './race-memory.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'unroll-race-memory-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const sizes = { T: 512 };
const exercise = makeExercise({
  id: '15-associative-scan',
  race: { baseline: 'slow', candidate: 'fast', sizes, thresholds: {} },
});
const files = [{ path: 'a.ts', sha256: 'one' }];
const race = {
  verdict: 'cannot-tell',
  threshold: 2,
  ratios: [2.1, 1.9],
  speedup: 2,
  baselineMs: 2,
  candidateMs: 1,
  sizes,
  baseline: 'slow',
  candidate: 'fast',
} as const;

async function keep(change: Partial<RaceResult> = {}): Promise<void> {
  const checks = [{ race: { ...race, ...change } }];
  await RaceMemory.read(folder).keep({ device: { name: 'wasm' }, exercises: [{ id: exercise.id, files, checks }] } as unknown as Result);
}

test('carries on a race that could not tell', async () => {
  await keep();
  expect(RaceMemory.read(folder).carryOn(exercise, files, 'wasm')).toEqual(race);
});

test('begins anew where nothing was raced', () => {
  expect(RaceMemory.read(folder).carryOn(exercise, files, 'wasm')).toMatch('has not been raced yet');
});

test('begins anew for other code, another device or other sizes', async () => {
  await keep();
  const memory = RaceMemory.read(folder);
  expect(memory.carryOn(exercise, [{ path: 'a.ts', sha256: 'two' }], 'wasm')).toMatch('has changed since');
  expect(memory.carryOn(exercise, files, 'tensorflow')).toMatch('raced on wasm and not on tensorflow');
  await keep({ sizes: { T: 64 } });
  expect(RaceMemory.read(folder).carryOn(exercise, files, 'wasm')).toMatch('has changed since');
});

test('begins anew after a verdict, so that no verdict is rolled again', async () => {
  await keep({ verdict: 'not-faster' });
  expect(RaceMemory.read(folder).carryOn(exercise, files, 'wasm')).toMatch('has its verdict');
});

test.each(['not json', '{"15-associative-scan": {"race": 3}}'])('refuses a file that it did not write: %s', (text) => {
  mkdirSync(join(folder, '.unroll'));
  writeFileSync(join(folder, '.unroll', 'races.json'), text);
  expect(() => RaceMemory.read(folder)).toThrow('delete it and race again');
});
