import { ratiosOf, type RaceResult } from '../../result/race.ts';
import { countOf, showRatio } from '../text/numbers.ts';
import { box, frame, label, line, place, type Svg } from './svg.ts';

const width = 460;
const height = 132;
const plot = { left: 16, right: 444, top: 30, middle: 54, floor: 78 };
const radius = 3.6;
const mostDots = 400; // more cannot be told apart in the strip, and a page stays small

/** The rounds of a race as dots on a logarithmic axis of ratios, with the ratio asked for and the median; null of no rounds. */
export function drawRaceStrip(race: RaceResult): Svg | null {
  const { threshold, speedup } = race;
  const ratios = ratiosOf(race);
  if (ratios.length === 0) return null;
  const axis = findAxis([...ratios.slice(0, mostDots), threshold, speedup, 1]);
  const above = ratios.filter((ratio) => ratio >= threshold).length;
  const description =
    `${countOf(ratios.length, 'round')}: ${above} at or above the ${showRatio(threshold)} asked for, ${ratios.length - above} below. ` +
    `Median ${showRatio(speedup)}, smallest ${showRatio(Math.min(...ratios))}, largest ${showRatio(Math.max(...ratios))}.`;
  return frame({ width, height, title: 'Rounds of the race', description, className: 'race-strip' }, [
    box(axis.x(threshold), plot.top, plot.right - axis.x(threshold) + 8, plot.floor - plot.top, 'strip-goal'),
    line(plot.left - 8, plot.floor, plot.right + 8, plot.floor, 'axis'),
    ...axis.ticks.map(
      (tick) =>
        `${line(axis.x(tick), plot.floor, axis.x(tick), plot.floor + 5, 'axis')}${label(axis.x(tick), plot.floor + 19, `${tick}×`)}`,
    ),
    line(axis.x(threshold), plot.top - 6, axis.x(threshold), plot.floor, 'threshold'),
    label(axis.x(threshold), 17, `asked ${showRatio(threshold)}`, anchorAt(axis.x(threshold))),
    ...drawDots(ratios.slice(0, mostDots), threshold, axis.x),
    ...drawMedian(axis.x(speedup), speedup),
  ]);
}

interface Axis {
  readonly ticks: readonly number[];
  /** Position of a ratio, units of the drawing. */
  readonly x: (ratio: number) => number;
}

function findAxis(values: readonly number[]): Axis {
  const low = Math.log(Math.min(...values) / 1.15); // 15 % of air on both sides: no dot on the edge
  const high = Math.log(Math.max(...values) * 1.15);
  const x = (ratio: number) => plot.left + ((Math.log(ratio) - low) / (high - low)) * (plot.right - plot.left);
  return { x, ticks: findTicks(Math.exp(low), Math.exp(high)) };
}

/** Round ratios between low and high: 1, 2, 5 of each decade, fewer where they would crowd, finer where all rounds are alike. */
function findTicks(low: number, high: number): number[] {
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, index) => index + Math.floor(Math.log10(low)),
  );
  const spread = Math.log10(high / low);
  const steps =
    spread > 6
      ? []
      : spread > 2.5
        ? [1]
        : spread > 0.7
          ? [1, 2, 5]
          : spread > 0.35
            ? [1, 1.5, 2, 3, 4, 5, 6, 8]
            : [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9];
  if (steps.length === 0)
    return decades
      .filter((decade) => decade % 3 === 0)
      .map((decade) => 10 ** decade)
      .filter((tick) => tick >= low && tick <= high);
  return decades
    .flatMap((decade) => steps.map((step) => Number((step * 10 ** decade).toPrecision(2))))
    .filter((tick) => tick >= low && tick <= high);
}

/** Dots that would overlap move up or down, as little as they must; what finds no room lies on the middle line. */
function drawDots(ratios: readonly number[], threshold: number, x: (ratio: number) => number): string[] {
  const placed: { x: number; y: number }[] = [];
  return ratios.map((ratio) => {
    const dot = { x: x(ratio), y: plot.middle };
    const free = offsets.find((offset) =>
      placed.every((other) => Math.hypot(other.x - dot.x, other.y - plot.middle - offset) > 2 * radius),
    );
    dot.y += free ?? 0;
    placed.push(dot);
    return `<circle class="${ratio >= threshold ? 'dot' : 'dot below'}" cx="${place(dot.x)}" cy="${place(dot.y)}" r="${radius}"/>`;
  });
}
const offsets = [0, 4, -4, 8, -8, 12, -12, 16, -16, 20, -20];

function drawMedian(x: number, speedup: number): string[] {
  const mark = `<path class="median-mark" d="M${place(x)} ${plot.floor + 26}l5 8h-10z"/>`;
  return [
    line(x, plot.top, x, plot.floor, 'median'),
    mark,
    label(x, height - 6, `median ${showRatio(speedup)}`, anchorAt(x), 'label strong'),
  ];
}

function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (x < 60) return 'start'; // half a label's width from the edge
  return x > width - 60 ? 'end' : 'middle';
}
