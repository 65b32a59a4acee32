import { expect, test } from 'vitest';
import { makeRace } from '../../../test/support/sample.ts';
import { makeSafe } from '../text/safe-text.ts';
import { drawPointsBar, splitPoints } from './points-bar.ts';
import { drawRaceStrip } from './race-strip.ts';
import { drawScoreHistogram } from './score-histogram.ts';
import { escapeText, frame } from './svg.ts';

/** The attributes of every shape of one class, as text. */
function shapesOf(svg: string, className: string): Record<string, string>[] {
  return svg
    .split('<')
    .filter((tag) => tag.includes(`class="${className}"`))
    .map((tag) => Object.fromEntries(Array.from(tag.matchAll(/([\w-]+)="([^"]*)"/g), ([, name = '', value = '']) => [name, value])));
}

test('the bar shows points in proportion: 20 earned, 10 lost, 10 hatched of 40', () => {
  const svg = drawPointsBar({ earned: 20, measured: 30, possible: 40 });
  expect(shapesOf(svg, 'bar-earned')[0]).toMatchObject({ x: '0', width: '320' });
  expect(shapesOf(svg, 'bar-lost')[0]).toMatchObject({ x: '320', width: '160' });
  expect(shapesOf(svg, 'bar-set-aside')[0]).toMatchObject({ x: '480', width: '160' });
  expect(svg).toContain('<desc>20 earned, 10 lost, 10 not measured, of 40 possible points.</desc>');
});

test('hatching stays inside what was not measured, and is absent where all was', () => {
  for (const hatch of shapesOf(drawPointsBar({ earned: 1, measured: 2, possible: 40 }), 'bar-hatch')) {
    expect(Number(hatch['x1'])).toBeGreaterThanOrEqual(32);
    expect(Number(hatch['x2'])).toBeLessThanOrEqual(640);
  }
  expect(drawPointsBar({ earned: 1, measured: 2, possible: 2 })).not.toContain('bar-hatch');
});

test('a bar of no points has no NaN, and fractions add up', () => {
  expect(drawPointsBar({ earned: 0, measured: 0, possible: 0 })).not.toMatch(/NaN|Infinity/);
  expect(splitPoints({ earned: 0.1, measured: 0.3, possible: 0.6 })).toEqual({ earned: 0.1, lost: 0.2, setAside: 0.3, possible: 0.6 });
});

test('one dot a round; the axis is logarithmic; dots on the goal side are filled', () => {
  const svg = drawRaceStrip(makeRace([1, 2, 4], { threshold: 2, speedup: 2 })) ?? '';
  const [below] = shapesOf(svg, 'dot below');
  const [at, above] = shapesOf(svg, 'dot');
  const [x1, x2, x4] = [below, at, above].map((dot) => Number(dot?.['cx']));
  expect((x2 ?? 0) - (x1 ?? 0)).toBeCloseTo((x4 ?? 0) - (x2 ?? 0), 0);
  expect(Number(shapesOf(svg, 'threshold')[0]?.['x1'])).toBeCloseTo(x2 ?? 0, 1);
  expect(Number(shapesOf(svg, 'median')[0]?.['x1'])).toBeCloseTo(x2 ?? 0, 1);
  expect(svg).toContain('3 rounds: 2 at or above the 2× asked for, 1 below. Median 2×, smallest 1×, largest 4×.');
});

test('a race of no rounds has no picture; one of equal, huge or tiny ratios has one without NaN and with ticks that do not crowd', () => {
  expect(drawRaceStrip(makeRace([]))).toBeNull();
  for (const ratios of [[1], [2, 2, 2], [1e-9, 1e9], [1.0001, 1.0002], Array.from({ length: 5000 }, (_, round) => 1 + round / 1000)]) {
    const svg = drawRaceStrip(makeRace(ratios)) ?? '';
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg.length).toBeLessThan(40_000); // 400 dots of under 70 bytes, and the frame
    expect(svg.split('text-anchor').length).toBeLessThan(15);
    for (const dot of [...shapesOf(svg, 'dot'), ...shapesOf(svg, 'dot below')])
      expect(Number(dot['cx'])).toSatisfy((x: number) => x >= 16 && x <= 444);
  }
});

test.each([
  [
    [1, 3.6],
    ['1×', '2×', '3×', '4×'],
  ],
  [
    [1, 1.7],
    ['1×', '1.2×', '1.4×', '1.6×', '1.8×'],
  ],
  [
    [1e-9, 1e9],
    ['0.00001×', '1×', '100000×'],
  ],
])('the ticks of rounds from %j are round ratios whose labels do not touch', (ratios, labels) => {
  const svg = drawRaceStrip(makeRace(ratios, { threshold: ratios[0] as number, speedup: ratios[0] as number })) ?? '';
  expect(Array.from(svg.matchAll(/class="label"[^>]*>([\d.]+×)</g), ([, text]) => text)).toEqual(labels);
});

test('the histogram counts in fixed bins and marks the median', () => {
  const svg = drawScoreHistogram([0.05, 0.55, 0.55, 0.95]) ?? '';
  const heights = shapesOf(svg, 'histogram-bar').map((bar) => Number(bar['height']));
  expect(heights).toHaveLength(3);
  expect(heights[1]).toBeCloseTo((heights[0] ?? 0) * 2, 0);
  expect(Number(shapesOf(svg, 'median')[0]?.['x1'])).toBeCloseTo(12 + 436 * 0.55, 0);
  expect(svg).toContain('4 students; median 55 %. 0 to 10 %: 1; 10 to 20 %: 0');
  expect(drawScoreHistogram([])).toBeNull();
});

test('texts inside a picture cannot end it', () => {
  const hostile = makeSafe('</title><script>alert(1)</script>" onload="x');
  expect(escapeText(hostile)).not.toMatch(/[<>"=]/);
  expect(frame({ width: 1, height: 1, title: hostile, description: hostile, className: 'x' }, [])).not.toContain('<script');
});
