import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { noteExplained, notePassed, notePrediction, noteSolution, openHint } from './ledger.ts';
import { progressFile, readProgress, writeProgress, type Progress } from './progress-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-progress-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string) => writeFileSync(join(folder, progressFile), text);
const exercise = makeExercise();

test('a folder without the file has made no progress, and what is written is read again', async () => {
  expect(readProgress(folder)).toEqual({ format: 1, passed: {}, hints: {}, explained: {}, solutions: {}, predictions: {} });
  const progress: Progress = {
    format: 1,
    current: '10-causal-attention',
    edit: 'code -r',
    passed: { '02-b': '2026-11-02', '01-a': '2026-11-01' },
    hints: { '01-a': 3 },
    explained: { '01-a': 12 },
    solutions: { '01-a': { day: '2026-11-03', after: 'asking' } },
    predictions: { '10-causal-attention': { day: '2026-11-04', speedup: 2.5 } },
  };
  await writeProgress(folder, progress);
  expect(readProgress(folder)).toEqual(progress);
  const lines = readFileSync(join(folder, progressFile), 'utf8').split('\n');
  expect(lines.findIndex((line) => line.includes('01-a'))).toBeLessThan(lines.findIndex((line) => line.includes('02-b'))); // sorted: merges well
});

test.each([
  ['passed: [', 'is not a progress file (Flow sequence'],
  ['format: 2', 'is not a progress file (format: '],
  ['format: 1\npassed: { 01-a: yesterday }', 'is not a progress file (passed.01-a: '],
  ['format: 1\nmood: good', 'is not a progress file (the whole of it: '],
  ['a: &a [1]\nb: [*a, *a]', 'is not a progress file (Alias resolution is disabled'],
])('%j is refused with one sentence and left as it is', (text, why) => {
  write(text);
  expect(() => readProgress(folder)).toThrow(why);
  expect(() => readProgress(folder)).toThrow('mend it, or delete it and begin anew');
  expect(readFileSync(join(folder, progressFile), 'utf8')).toBe(text);
});

test('a folder in its place is refused', () => {
  mkdirSync(join(folder, progressFile));
  expect(() => readProgress(folder)).toThrow('make it a plain file that you may read, or delete it');
});

test('hints are opened one at a time and end with the last; a solution keeps its first day and whether the exercise had passed', () => {
  const nothing = readProgress(folder);
  const { id } = exercise;
  let progress = nothing;
  const opened = [1, 2, 3, 4].map(() => {
    progress = openHint(progress, exercise);
    return progress.hints[id];
  });
  expect(opened).toEqual([1, 2, 3, 3]);
  expect(noteExplained(noteExplained(nothing, exercise), exercise).explained).toEqual({ [id]: 2 });
  expect(notePrediction(notePrediction(nothing, exercise, 4), exercise, 9).predictions[id]?.speedup).toBe(4); // after a race it is none
  const early = noteSolution(nothing, exercise);
  expect(early.solutions[id]?.after).toBe('asking');
  expect(noteSolution(notePassed(early, exercise), exercise).solutions[id]?.after).toBe('asking');
  expect(noteSolution(notePassed(nothing, exercise), exercise).solutions[id]?.after).toBe('pass');
});
