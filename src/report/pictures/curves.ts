import type { Curves } from '../../result/figure.ts';
import { showLine } from '../text/layout.ts';
import type { Safe, SafeText } from '../text/safe-text.ts';
import { pagePalette, type Palette } from './palette.ts';
import { escapeText, type Svg } from './svg.ts';

const dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [1, 3]]; // also told apart without colour
const shapes = { width: 520, height: 260 }; // units of the plot; the page scales the picture to its column

/**
 * Curves as a picture. Vega is loaded here and nowhere else, because few reports have curves and it takes 0.2 s. What it would print, stacks among it, is
 * not printed. Throws where it gives up.
 */
export async function drawCurves(curves: Safe<Curves>, palette: Palette = pagePalette): Promise<Svg> {
  const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const errors: unknown[] = [];
  const logger = quietLogger(errors);
  const { spec } = compile(describe(curves, palette) as never, { logger });
  const svg = await new View(parse(spec), { renderer: 'none', logger }).toSVG();
  if (errors.length > 0 || /\b(?:NaN|Infinity)\b/.test(svg.replaceAll(/>[^<]*</g, '><'))) throw new Error('these curves cannot be drawn');
  const head = `<title>${escapeText(showLine(curves.title))}</title><desc>${escapeText(showLine(curves.note, 1000))}</desc>`;
  return svg.replace(/^<svg ([^>]*)class="marks"([^>]*)>/, `<svg $1class="picture curves" role="img"$2>${head}`) as Svg;
}

/** Keeps the errors of Vega, which would end on the screen of who grades, and nothing else. */
function quietLogger(errors: unknown[]) {
  const logger = {
    level: () => logger as never,
    error: (...said: readonly unknown[]) => (errors.push(said), logger),
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

/** A text for Vega, which looks its texts up in plain objects: with a space at the end `constructor` is found in none. */
const words = (text: SafeText, limit: number) => `${showLine(text, limit)} `;

type Axis = Safe<Curves>['x'];

/** A logarithmic axis shows no zero and nothing below. */
function shownPoints({ points }: Safe<Curves>['series'][number], x: Axis, y: Axis): (readonly [number, number])[] {
  return points.filter(([at, value]) => (!x.log || at > 0) && (!y.log || value > 0));
}

/** False where there is nothing to draw. */
export function hasPoints({ series, x, y }: Safe<Curves>): boolean {
  return series.some((one) => shownPoints(one, x, y).length > 0);
}

/** The picture in the grammar of Vega-Lite. */
function describe({ x, y, series }: Safe<Curves>, palette: Palette): object {
  const names = series.map(({ name }) => words(name, 60));
  const values = series.flatMap((one, index) => shownPoints(one, x, y).map(([at, value]) => ({ at, value, series: names[index] })));
  const axis = (title: SafeText) => ({ title: words(title, 100), titleFontWeight: 'normal' });
  const scale = (log: boolean) => (log ? { type: 'log' } : { zero: false });
  const legend =
    names.length > 1
      ? {
          title: null,
          orient: 'bottom',
          columns: 3 - Number(names.some(({ length }) => length > 24)),
          symbolType: 'stroke',
          symbolSize: 300,
        }
      : null; // both channels, or Vega makes two
  const few = series.every(({ points }) => points.length <= 12);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...shapes,
    background: palette.paper,
    padding: 12,
    data: { values },
    mark: { type: 'line', aria: false, strokeWidth: 2, point: few ? { size: 28, filled: true, aria: false } : false },
    encoding: {
      x: {
        field: 'at',
        type: 'quantitative',
        scale: { ...scale(x.log), nice: false },
        axis: { ...axis(x.label), ...(x.log ? decades(values.map(({ at }) => at)) : {}) },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        scale: scale(y.log),
        axis: { ...axis(y.label), ...(y.log ? decades(values.map(({ value }) => value)) : {}) },
      },
      color: {
        field: 'series',
        type: 'nominal',
        sort: null,
        scale: { domain: names, range: names.map((_, index) => palette.series[index % palette.series.length]) },
        legend,
      },
      strokeDash: {
        field: 'series',
        type: 'nominal',
        sort: null,
        scale: { domain: names, range: names.map((_, index) => dashes[index % dashes.length]) },
        legend,
      },
    },
    config: {
      font: 'system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif',
      view: { stroke: null },
      axis: {
        domainColor: palette.quiet,
        tickColor: palette.quiet,
        gridColor: palette.rule,
        labelColor: palette.quiet,
        titleColor: palette.ink,
        labelFontSize: 12,
        titleFontSize: 13,
        titlePadding: 8,
      },
      legend: {
        labelColor: palette.ink,
        labelFontSize: 13,
        labelLimit: 640, // without a canvas Vega takes a text to be half as wide again as it is
        rowPadding: 4,
        columnPadding: 18,
      },
    },
  };
}

/** Ticks at powers of ten, where there are two of them or more; a log axis of less is left to Vega. */
function decades(values: readonly number[]): { values?: number[]; format: string } {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const every = Math.max(1, Math.ceil((high - low) / 8)); // at most nine labels
  const ticks = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, index) => 10 ** (low + index * every));
  return high - low >= 2 ? { values: ticks, format: '~g' } : { format: '~g' };
}
