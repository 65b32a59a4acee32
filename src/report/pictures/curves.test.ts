import { expect, test } from 'vitest';

import type { Curves } from '../../result/figure.ts';
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
