import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { beforeAll, describe, expect, test } from 'vitest';

import { makeFigures, type Figures } from '../../src/author/figures.ts';
import { readCourse } from '../../src/course/course.ts';
import type { OpenDevice } from '../../src/device/device.ts';
import { openDevice } from '../../src/device/open.ts';
import { chooseDevice } from '../../src/device/probe.ts';
import { drawCurves } from '../../src/report/pictures/curves.ts';
import { lonePalette } from '../../src/report/pictures/palette.ts';
import { makeSafe } from '../../src/report/text/safe-text.ts';

const { exercises } = readCourse();
const picturesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.svg'));
const illustrated = exercises.filter(({ folder }) => existsSync(join(folder, 'figures.ts')));
const nearly = 4; // units of the drawing: another processor rounds otherwise, and no eye sees less

let device: OpenDevice;
beforeAll(async () => {
  device = await openDevice((await chooseDevice()).name);
});

test('every unit has a picture', () => {
  const units = new Set(exercises.map(({ unit }) => unit));
  units.delete('Ground');
  expect(new Set(illustrated.map(({ unit }) => unit))).toEqual(units);
});

test.for(illustrated)('the lesson of $id shows its pictures, and each has its numbers', async ({ folder }) => {
  const { figures } = (await import(pathToFileURL(join(folder, 'figures.ts')).href)) as { figures: Figures };
  expect(picturesIn(folder)).toEqual(Object.keys(figures).map((name) => `${name}.svg`));
  const lesson = readFileSync(join(folder, 'README.md'), 'utf8');
  for (const name of picturesIn(folder)) expect(lesson).toContain(`](${name})`);
});

// What was trained or timed comes out otherwise on another processor: `course draw` draws it, and it is not compared.
describe.for(illustrated.filter(({ time }) => time === undefined))('the pictures of $id', (exercise) => {
  test("are those that the solutions' numbers give", { timeout: 120_000 /* ms: on a busy machine */ }, async () => {
    for (const { path, figure } of await makeFigures(exercise, device)) {
      if (figure.kind !== 'curves') throw new Error(`${path} is no picture`);
      expect(differences(readFileSync(path, 'utf8').trim(), await drawCurves(makeSafe(figure), lonePalette))).toEqual([]);
    }
  });
});

/** What two pictures do not share: other words, or numbers that differ by more than can be seen. */
function differences(committed: string, fresh: string): unknown[] {
  const withoutData = (svg: string) => svg.replaceAll(/aria-label="[^"]*"/g, ''); // the data to the last digit
  const words = (svg: string) => withoutData(svg).replaceAll(/-?\d+(\.\d+)?/g, '#');
  const numbers = (svg: string) =>
    withoutData(svg)
      .match(/-?\d+(\.\d+)?/g)
      ?.map(Number) ?? [];
  if (words(fresh) !== words(committed)) return [words(committed), words(fresh)];
  const after = numbers(fresh);
  return numbers(committed).flatMap((value, index) =>
    Math.abs(value - (after[index] ?? Infinity)) > nearly ? [[value, after[index]]] : [],
  );
}
