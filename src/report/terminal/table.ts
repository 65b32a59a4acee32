import { cutText, measureText, padText } from './columns.ts';
import type { StatusWords } from '../wording.ts';

export type Tone = StatusWords['tone'] | 'plain';

export interface TableRow {
  readonly cells: readonly string[];
  readonly tone: Tone;
}

export interface TableOptions {
  /** Widest line, terminal columns. */
  readonly columns: number;
  readonly colour: boolean;
  /** The column that gives way where the table is too wide. */
  readonly shrink: number;
  /** Columns of numbers, which stand to the right. */
  readonly right: readonly number[];
}

const gap = '  ';
const codes: Readonly<Record<Tone, string>> = { pass: '32', fail: '31', aside: '33', absent: '2', ungraded: '35', plain: '' };

/** An aligned table under a ruled head. No rows, no table. */
export function drawTable(head: readonly string[], rows: readonly TableRow[], { columns, colour, shrink, right }: TableOptions): string[] {
  if (rows.length === 0) return [];
  const widths = head.map((title, column) => Math.max(measureText(title), ...rows.map(({ cells }) => measureText(cells[column] ?? ''))));
  const total = widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  const excess = Math.max(0, total - columns);
  const fitted = widths.map((width, column) => (column === shrink ? Math.max(8, width - excess) : width)); // 8: enough to tell rows apart
  const drawRow = (cells: readonly string[]) =>
    cells
      .map((cell, column) => padText(cutText(cell, fitted[column] ?? 0), fitted[column] ?? 0, right.includes(column) ? 'right' : 'left'))
      .join(gap)
      .trimEnd();
  const rule = fitted.map((width) => '-'.repeat(width)).join(gap);
  return [drawRow(head), rule, ...rows.map(({ cells, tone }) => paint(drawRow(cells), tone, colour))];
}

export function paint(text: string, tone: Tone, colour: boolean): string {
  return colour && codes[tone] !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text;
}
