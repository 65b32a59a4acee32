import { expect, test, vi } from 'vitest';

import { figureSchema, type Curves } from '../../result/figure.ts';
import { makeSafe, safe } from '../text/safe-text.ts';
import { drawCurves, hasPoints } from './curves.ts';
import { lonePalette } from './palette.ts';

const curves = makeSafe<Curves>({
  kind: 'curves',
  title: 'Gradient <against> distance',
  note: 'It fades.',
  x: { label: 'distance (steps)', log: false },
  y: { label: 'norm', log: true },
  series: [
    {
      name: 'one',
      points: [
        [0, 1],
        [1, 0.1],
        [2, 0.01],
      ],
    },
    {
      name: 'a name <b>that is much longer</b> than others',
      points: [
        [0, 1],
        [1, 0],
        [2, -1],
      ],
    },
  ],
});

test('a picture has its title, its axes, one line for each series and a legend', async () => {
  const svg = await drawCurves(curves);
  expect(svg).toContain('<title>Gradient &#60;against&#62; distance</title><desc>It fades.</desc>');
  for (const words of ['>distance (steps)<', '>norm<', '>one<']) expect(svg).toContain(words);
  expect(svg.match(/stroke-width="2" stroke-dasharray/g)).toHaveLength(6);
  expect(svg).toContain('stroke="var(--series-1)"');
  expect(svg).not.toMatch(/<b>|NaN/);
});

test('what a logarithmic axis cannot show is left out, and where nothing is left there is no picture', async () => {
  expect((await drawCurves(curves)).match(/M2.646,0/g)).toHaveLength(4); // 0 and -1 are not there
  expect(hasPoints({ ...curves, series: [{ name: safe`none`, points: [[0, 0]] }] })).toBe(false);
  expect(hasPoints(curves)).toBe(true);
});

test('a picture that stands alone brings its own paper and no names of a style sheet', async () => {
  const svg = await drawCurves(curves, lonePalette);
  expect(svg).toContain(`fill="${lonePalette.paper}"`);
  expect(svg).not.toContain('var(');
});

const plotted = (values: readonly number[], log = false): Curves => ({
  kind: 'curves',
  title: 't',
  note: 'n',
  x: { label: 'x', log: false },
  y: { label: 'y', log },
  series: [{ name: 's', points: values.map((value, at): [number, number] => [at + 1, value]) }],
});
const extremes = [0, 5e-324, 1e-31, 1e-30, 1e-16, 1, 1 + 2 ** -52, 1e30, Number.MAX_VALUE];

test.for([false, true])(
  'whatever finite numbers a figure is given, they can be drawn once its schema has read them: log %s',
  async (log) => {
    const lost: string[] = [];
    for (const low of extremes.flatMap((value) => [value, -value]))
      for (const high of extremes) {
        const figure = makeSafe(figureSchema.parse(plotted([low, high, low], log)) as Curves);
        if (hasPoints(figure)) await drawCurves(figure).catch(() => lost.push(`${low} and ${high}`));
      }
    expect(lost).toEqual([]);
  },
);

test('numbers that cannot be drawn are refused, and nothing is printed', async () => {
  const printed = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) => vi.spyOn(console, level));
  await expect(drawCurves(makeSafe(plotted([1e-320, 2e-320, 3e-320])))).rejects.toThrow();
  for (const spy of printed) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});
