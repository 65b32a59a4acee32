import type { Curves, Figure } from '../../result/figure.ts';
import { ratiosOf } from '../../result/race.ts';
import type { CheckResult } from '../../result/result.ts';
import { wrapText } from './columns.ts';
import { raceView } from '../view/race.ts';

const width = 60; // columns of a plot
const height = 12; // lines of a plot
const columns = 100; // of a text

/** A race as plain text: its figures, its rounds as a strip, and time against length. */
export function drawRace(exercise: string, { race, outcome, figures = [] }: CheckResult): string {
  if (race === undefined)
    return [exercise, ...indent('reason' in outcome ? outcome.reason : 'message' in outcome ? outcome.message : '')].join('\n');
  const { rows, caption } = raceView(race);
  const widest = Math.max(...rows.map(({ term }) => term.length));
  return [
    `${exercise}: ${caption}`,
    ...rows.map(({ term, value }) => `  ${term.padEnd(widest)}  ${value}`),
    ...('reason' in outcome ? indent(outcome.reason) : []),
    '',
    ...drawStrip(ratiosOf(race), race.threshold),
    ...figures.flatMap((figure) => ['', ...drawFigure(figure)]),
  ].join('\n');
}

const indent = (text: string) => wrapText(text, columns - 2, '').map((line) => `  ${line}`);

/** Rounds on a logarithmic line; a digit is the number of rounds that fall into one column. */
function drawStrip(ratios: readonly number[], threshold: number): string[] {
  if (ratios.length === 0) return [];
  const { at, low, high } = logAxis([...ratios, threshold], width);
  const line = Array.from({ length: width }, (_, column) => {
    const count = ratios.filter((ratio) => at(ratio) === column).length;
    return count === 0 ? (column === at(threshold) ? '│' : '·') : count === 1 ? '●' : count > 9 ? '+' : String(count);
  });
  const under = `${' '.repeat(at(threshold))}↑ asked`;
  return [
    `  ${line.join('')}`,
    `  ${under}`,
    `  one mark a round, from ${low.toPrecision(3)} to ${high.toPrecision(3)} times as fast, on a logarithmic line`,
  ];
}

function drawFigure(figure: Figure): string[] {
  return figure.kind === 'curves' ? drawCurves(figure) : [];
}

const marks = ['s', 'p', 'o', 'x'];

/** Curves as letters on a grid with logarithmic axes. */
function drawCurves({ title, note, x, y, series }: Curves): string[] {
  const points = series.flatMap((one, index) =>
    one.points.map(([at, value]) => ({ at, value, mark: marks[index % marks.length] as string })),
  );
  if (points.length === 0) return [];
  const [across, up] = [
    logAxis(
      points.map(({ at }) => at),
      width,
    ),
    logAxis(
      points.map(({ value }) => value),
      height,
    ),
  ];
  const grid = Array.from({ length: height }, () => Array<string>(width).fill(' '));
  for (const { at, value, mark } of points) {
    const row = grid[height - 1 - up.at(value)] as string[];
    row[across.at(at)] = row[across.at(at)] === ' ' || row[across.at(at)] === mark ? mark : '*';
  }
  return [
    `  ${title}: ${y.label} against ${x.label}; ${series.map(({ name }, index) => `${marks[index % marks.length]} ${name}`).join(', ')}, * both`,
    ...grid.map(
      (row, index) =>
        `  ${(index === 0 ? up.high.toPrecision(3) : index === height - 1 ? up.low.toPrecision(3) : '').padStart(8)} │${row.join('')}`,
    ),
    `  ${' '.repeat(9)}└${'─'.repeat(width)}`,
    `  ${' '.repeat(10)}${String(across.low)}${String(across.high).padStart(width - String(across.low).length)}`,
    ...indent(note),
  ];
}

/** Where a positive number lies among others, in whole steps from 0. */
function logAxis(values: readonly number[], steps: number): { at: (value: number) => number; low: number; high: number } {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.log(high / low) || 1;
  return { at: (value) => Math.round((Math.log(value / low) / span) * (steps - 1)), low, high };
}
