import { scaleLog, type ScaleLogarithmic } from 'd3-scale';

import { ratiosOf, type RaceResult, type Round } from '../../result/race.ts';
import { countOf, showRatio } from '../text/numbers.ts';
import { makeSafe, safe, type SafeText } from '../text/safe-text.ts';
import { box, frame, label, line, place, type Svg } from './svg.ts';

const width = 460;
const height = 132;
const plot = { left: 16, right: 444, top: 30, middle: 54, floor: 78 };
const radius = 3.6;
const mostDots = 400; // more cannot be told apart in the strip, and a page stays small

type RoundsToDraw = Pick<RaceResult, 'threshold' | 'speedup'> & { readonly rounds: readonly Pick<Round, 'ratio'>[] };

/** The rounds of a race as dots on a logarithmic axis of ratios, with the ratio asked for and the median; null of no rounds. */
export function drawRaceStrip(race: RoundsToDraw): Svg | null {
  const { threshold, speedup } = race;
  const ratios = ratiosOf(race);
  if (ratios.length === 0) return null;
  const axis = findAxis([...ratios.slice(0, mostDots), threshold, speedup, 1]);
  const above = ratios.filter((ratio) => ratio >= threshold).length;
  const counts = safe`${above} at or above the ${showRatio(threshold)} asked for, ${ratios.length - above} below`;
  const ends = safe`smallest ${showRatio(Math.min(...ratios))}, largest ${showRatio(Math.max(...ratios))}`;
  const description = safe`${countOf(ratios.length, safe`round`)}: ${counts}. Median ${showRatio(speedup)}, ${ends}.`;
  return frame({ width, height, title: safe`Rounds of the race`, description, className: 'race-strip' }, [
    box(axis.x(threshold), plot.top, plot.right - axis.x(threshold) + 8, plot.floor - plot.top, 'strip-goal'),
    line(plot.left - 8, plot.floor, plot.right + 8, plot.floor, 'axis'),
    ...axis.ticks.flatMap(({ at, text }) => [
      line(axis.x(at), plot.floor, axis.x(at), plot.floor + 5, 'axis'),
      label(axis.x(at), plot.floor + 19, safe`${text}×`),
    ]),
    line(axis.x(threshold), plot.top - 6, axis.x(threshold), plot.floor, 'threshold'),
    label(axis.x(threshold), 17, safe`asked ${showRatio(threshold)}`, anchorAt(axis.x(threshold))),
    ...drawDots(ratios.slice(0, mostDots), threshold, axis.x),
    ...drawMedian(axis.x(speedup), speedup),
  ]);
}

interface Tick {
  readonly at: number;
  readonly text: SafeText;
}

interface Axis {
  readonly ticks: readonly Tick[];
  /** Position of a ratio, units of the drawing. */
  readonly x: (ratio: number) => number;
}

function findAxis(values: readonly number[]): Axis {
  const air = 1.15; // on both sides: no dot on the edge
  const x = scaleLog()
    .domain([Math.min(...values) / air, Math.max(...values) * air])
    .range([plot.left, plot.right]);
  const ticks = [6, 5, 4].map((count) => findTicks(x, count)); // more than six could not all be labelled
  return { x, ticks: ticks.find((some) => haveRoom(some, x)) ?? ticks.at(-1) ?? [] };
}

/** About so many round ratios; those that d3-scale gives no label are left out. */
function findTicks(scale: ScaleLogarithmic<number, number>, count: number): Tick[] {
  const describe = scale.tickFormat(count, '~r');
  const ticks = scale.ticks(count).map((at) => ({ at, text: makeSafe(describe(at)) }));
  return ticks.filter(({ text }) => text !== '');
}

/** No label so near the next that the two read as one. */
function haveRoom(ticks: readonly Tick[], x: Axis['x']): boolean {
  const digit = 7; // units: its width in the style sheet's 13 px
  const room = 14; // units: two digits between labels
  const half = ({ text }: Tick) => (digit * (text.length + 1)) / 2; // 1: the sign ×
  return ticks.every((tick, index) => {
    const next = ticks[index + 1];
    return next === undefined || x(next.at) - x(tick.at) >= half(tick) + half(next) + room;
  });
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
    label(x, height - 6, safe`median ${showRatio(speedup)}`, anchorAt(x), 'label strong'),
  ];
}

function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (x < 60) return 'start'; // half a label's width from the edge
  return x > width - 60 ? 'end' : 'middle';
}
