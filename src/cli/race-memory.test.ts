import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { makeRace } from '../../test/support/sample.ts';
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
const race = makeRace([2.1, 1.9], { verdict: 'cannot-tell', sizes });

async function keep(kept: RaceResult = race): Promise<void> {
  const checks = [{ race: kept }];
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
  await keep({ ...race, sizes: { T: 64 } });
  expect(RaceMemory.read(folder).carryOn(exercise, files, 'wasm')).toMatch('has changed since');
});

test('begins anew after a verdict, so that no verdict is rolled again', async () => {
  await keep(makeRace([1.1, 0.9], { verdict: 'not-faster', sizes }));
  expect(RaceMemory.read(folder).carryOn(exercise, files, 'wasm')).toMatch('has its verdict');
});

test('carries on a race that an older kit remembered, each round with its own samples', () => {
  const { rounds, ...same } = race;
  const samples = { baselineMs: [4, 4.4, 4, 3.6], referenceMs: [], candidateMs: [2, 2, 2, 2] };
  mkdirSync(join(folder, '.unroll'));
  const older = { ...same, ratios: rounds.map(({ ratio }) => ratio), samples };
  writeFileSync(join(folder, '.unroll', 'races.json'), JSON.stringify({ [exercise.id]: { files: ['one'], device: 'wasm', race: older } }));
  expect(RaceMemory.read(folder).carryOn(exercise, files, 'wasm')).toEqual({
    ...same,
    rounds: [
      { ratio: 2.1, baselineMs: [4, 4.4], candidateMs: [2, 2] },
      { ratio: 1.9, baselineMs: [4, 3.6], candidateMs: [2, 2] },
    ],
  });
});

test.each(['not json', '{"15-associative-scan": {"race": 3}}'])('refuses a file that it did not write: %s', (text) => {
  mkdirSync(join(folder, '.unroll'));
  writeFileSync(join(folder, '.unroll', 'races.json'), text);
  expect(() => RaceMemory.read(folder)).toThrow('delete it and race again');
});

test('refuses what is too large, nested without end, no file, or under a key like __proto__ something else', () => {
  const place = join(folder, '.unroll', 'races.json');
  mkdirSync(place, { recursive: true });
  expect(() => RaceMemory.read(folder)).toThrow('delete it and race again');
  rmSync(place, { recursive: true });
  writeFileSync(place, '['.repeat(100_000) + ']'.repeat(100_000));
  expect(() => RaceMemory.read(folder)).toThrow('delete it and race again');
  truncateSync(place, 500e6);
  expect(() => RaceMemory.read(folder)).toThrow('delete it and race again');
  writeFileSync(place, '{"__proto__": {"15-associative-scan": 1}}');
  expect(RaceMemory.read(folder).carryOn(exercise, files, 'wasm')).toMatch('has not been raced yet');
});
