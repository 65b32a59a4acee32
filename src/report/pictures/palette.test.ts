import { expect, test } from 'vitest';

import { colourOf, contrastOf, readSchemes } from '../../../test/support/style-sheet.ts';
import { lonePalette, pagePalette } from './palette.ts';

const [light = '', dark = ''] = readSchemes();
const nameOf = (reference: string) => reference.replace(/^var\((.+)\)$/, '$1');
const seriesOf = (scheme: string) => pagePalette.series.map((reference) => colourOf(scheme, nameOf(reference)));

test('a picture that stands alone has the colours of the light page', () => {
  const { ink, quiet, rule } = pagePalette;
  const [ofInk, ofQuiet, ofRule] = [ink, quiet, rule].map((reference) => colourOf(light, nameOf(reference)));
  expect(lonePalette).toEqual({ paper: colourOf(light, '--paper'), ink: ofInk, quiet: ofQuiet, rule: ofRule, series: seriesOf(light) });
});

test.each([
  ['light', light],
  ['dark', dark],
])('every curve can be told from the %s paper', (_, scheme) => {
  for (const colour of seriesOf(scheme)) expect(contrastOf(colour, colourOf(scheme, '--paper'))).toBeGreaterThanOrEqual(3); // WCAG 2.2 AA, graphical objects
});
