import type { Tally } from '../../result/result.ts';
import { showCount } from '../text/numbers.ts';
import { safe } from '../text/safe-text.ts';
import { box, frame, line, type Svg } from './svg.ts';

const width = 640; // units of the drawing; the page scales it to the text column
const height = 22;

/** Where a student's points went, as one bar: earned, lost, and hatched what was not measured. */
export function drawPointsBar(points: Tally): Svg {
  const shares = splitPoints(points);
  const scale = shares.possible > 0 ? width / shares.possible : 0;
  const shapes = [
    box(0, 0, width, height, 'bar-ground'),
    box(0, 0, shares.earned * scale, height, 'bar-earned'),
    box(shares.earned * scale, 0, shares.lost * scale, height, 'bar-lost'),
    ...hatch((shares.earned + shares.lost) * scale, shares.setAside * scale),
    box(0.5, 0.5, width - 1, height - 1, 'bar-edge'),
  ];
  const description = safe`${showCount(shares.earned)} earned, ${showCount(shares.lost)} lost, ${showCount(shares.setAside)} not measured, of ${showCount(shares.possible)} possible points.`;
  return frame({ width, height, title: safe`Points`, description, className: 'points-bar' }, shapes);
}

/** Points as parts that add up to what was possible. */
export function splitPoints({ earned, measured, possible }: Tally): { earned: number; lost: number; setAside: number; possible: number } {
  const decided = Math.min(measured, possible);
  const won = Math.min(earned, decided);
  return { earned: won, lost: tidy(decided - won), setAside: tidy(possible - decided), possible };
}

/** Slanted lines, clipped by hand: a pattern would need an id, and ids are shared by the whole page. */
function hatch(left: number, length: number): string[] {
  if (length <= 0) return [];
  const lines = [box(left, 0, length, height, 'bar-set-aside')];
  for (let x = left - height + 6; x < left + length; x += 7) {
    const from = Math.max(x, left);
    const to = Math.min(x + height, left + length);
    lines.push(line(from, height - (from - x), to, height - (to - x), 'bar-hatch'));
  }
  return lines;
}

/** 0.1 + 0.2 is 0.3 here: points are kept to a millionth. */
function tidy(value: number): number {
  return Math.max(0, Math.round(value * 1e6) / 1e6);
}
