import { scaleLog } from 'd3-scale';

import { alignRows } from '../../terminal/table.ts';
import type { Curves } from '../../result/figure.ts';
import { ratiosOf } from '../../result/race.ts';
import type { CheckResult } from '../../result/result.ts';
import { joinTexts } from '../text/layout.ts';
import { showDigits } from '../text/numbers.ts';
import { makeSafe, safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { raceView } from '../view/race.ts';
import { renderParts, type Drawn, type Part } from './parts.ts';

const width = 60; // columns of a plot
const height = 12; // lines of a plot

/** A race as plain text: its figures, its rounds as a strip, and time against length. */
export function renderRace(exercise: string, check: CheckResult): Drawn {
  return renderParts(listParts(makeSafe(exercise), makeSafe(check)), false);
}

function listParts(exercise: SafeText, { race, outcome, figures = [] }: Safe<CheckResult>): Part[] {
  const reason = 'reason' in outcome ? [outcome.reason] : [];
  if (race === undefined) return [indented([exercise], 'message' in outcome ? [outcome.message] : reason)];
  const { rows, caption } = raceView(race);
  const aligned = makeSafe(alignRows(rows.map(({ term, value }) => [term, value])));
  return [
    indented([safe`${exercise}: ${caption}`], [...aligned, ...reason]),
    indented([], renderStrip(ratiosOf(race), race.threshold)),
    ...figures.map((figure) => indented([], figure.kind === 'curves' ? renderCurves(figure) : [])),
  ];
}

const indent = safe`  `;

function indented(head: readonly SafeText[], lines: readonly SafeText[]): Part {
  return [...head.map((text) => ({ text })), ...lines.map((text) => ({ text: safe`${indent}${text}`, indent }))];
}

/** Rounds on a logarithmic line; a digit is the number of rounds that fall into one column. */
function renderStrip(ratios: readonly number[], threshold: number): SafeText[] {
  if (ratios.length === 0) return [];
  const { at, low, high } = logAxis([...ratios, threshold], width);
  const line = Array.from({ length: width }, (_, column) => {
    const count = ratios.filter((ratio) => at(ratio) === column).length;
    if (count === 0) return column === at(threshold) ? safe`│` : safe`·`;
    return count === 1 ? safe`●` : count > 9 ? safe`+` : safe`${count}`;
  });
  return [
    joinTexts(line, safe``),
    safe`${spaces(at(threshold))}↑ asked`,
    safe`one mark a round, from ${showDigits(low)} to ${showDigits(high)} times as fast, on a logarithmic line`,
  ];
}

const marks = [safe`s`, safe`p`, safe`o`, safe`x`];
const markOf = (series: number) => marks[series % marks.length] ?? both;
const both = safe`*`;

/** Curves as letters on a grid with logarithmic axes. */
function renderCurves({ title, note, x, y, series }: Safe<Curves>): SafeText[] {
  const points = series.flatMap((one, index) => one.points.map(([at, value]) => ({ at, value, mark: markOf(index) })));
  if (points.length === 0) return [];
  const across = logAxis(
    points.map(({ at }) => at),
    width,
  );
  const up = logAxis(
    points.map(({ value }) => value),
    height,
  );
  const grid = Array.from({ length: height }, () => Array<SafeText>(width).fill(safe` `));
  for (const { at, value, mark } of points) {
    const row = grid[height - 1 - up.at(value)] ?? [];
    const there = row[across.at(at)];
    row[across.at(at)] = there === ' ' || there === mark ? mark : both;
  }
  const names = joinTexts(
    series.map(({ name }, index) => safe`${markOf(index)} ${name}`),
    safe`, `,
  );
  const low = safe`${across.low}`;
  return [
    safe`${title}: ${y.label} against ${x.label}; ${names}, ${both} both`,
    ...grid.map((row, index) => safe`${labelOf(index, up)} │${joinTexts(row, safe``)}`),
    safe`${spaces(9)}└${makeSafe('─'.repeat(width))}`,
    safe`${spaces(10)}${low}${makeSafe(String(across.high).padStart(width - low.length))}`,
    note,
  ];
}

const spaces = (count: number) => makeSafe(' '.repeat(count));

/** The value of the highest and of the lowest line of a grid, right beside the axis. */
function labelOf(index: number, { low, high }: Axis): SafeText {
  const label = index === 0 ? showDigits(high) : index === height - 1 ? showDigits(low) : '';
  return makeSafe(label.padStart(8));
}

interface Axis {
  /** Where a value lies, in whole steps from 0. */
  readonly at: (value: number) => number;
  readonly low: number;
  readonly high: number;
}

function logAxis(values: readonly number[], steps: number): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const scale = scaleLog()
    .domain([low, high])
    .rangeRound([0, steps - 1]);
  return { at: (value) => scale(value), low, high };
}
