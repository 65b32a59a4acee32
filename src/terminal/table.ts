import stringWidth from 'string-width';

import { cutText, padText } from './columns.ts';

/** Tables as text. What a cell shows must be inert already; this room knows only how wide it is. */

export interface TableLayout {
  /** Columns of numbers, which stand to the right. */
  readonly right?: readonly number[];
  /** Widest line, terminal columns, and the column of the table that gives way where it would be wider. */
  readonly fit?: { readonly width: number; readonly shrink: number };
}

const gap = '  ';
const narrowest = 8; // terminal columns of the column that gives way: enough to tell rows apart

/** A line for each row, its cells aligned under those of the others. */
export function alignRows(rows: readonly (readonly string[])[], layout: TableLayout = {}): string[] {
  const widths = fitColumns(rows, layout);
  return rows.map((cells) => alignRow(cells, widths, layout));
}

/** The same under a head and a rule, the first two lines. No rows, no table. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[], layout: TableLayout = {}): string[] {
  if (rows.length === 0) return [];
  const widths = fitColumns([head, ...rows], layout);
  const rule = widths.map((width) => '-'.repeat(width)).join(gap);
  return [alignRow(head, widths, layout), rule, ...rows.map((cells) => alignRow(cells, widths, layout))];
}

/** A table of a Markdown document. */
export function renderMarkdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function fitColumns(rows: readonly (readonly string[])[], { fit }: TableLayout): number[] {
  const count = Math.max(0, ...rows.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((cells) => stringWidth(cells[column] ?? ''))));
  if (fit === undefined) return widths;
  const total = widths.reduce((sum, width) => sum + width, gap.length * (count - 1));
  const excess = Math.max(0, total - fit.width);
  return widths.map((width, column) => (column === fit.shrink && excess > 0 ? Math.max(narrowest, width - excess) : width));
}

function alignRow(cells: readonly string[], widths: readonly number[], { right = [] }: TableLayout): string {
  const padded = cells.map((cell, column) => {
    const width = widths[column] ?? 0;
    return padText(cutText(cell, width), width, right.includes(column) ? 'right' : 'left');
  });
  return padded.join(gap).trimEnd();
}
