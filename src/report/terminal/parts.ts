import { styleText } from 'node:util';

import { renderTable } from '../../terminal/table.ts';
import { wrapText } from '../../terminal/columns.ts';
import { disarm, makeSafe, type SafeText } from '../text/safe-text.ts';
import type { StatusWords } from '../wording.ts';

/** The only way from this room to a terminal: paragraphs and tables of safe text. */

declare const drawn: unique symbol;
/** Lines that a terminal and a log may have as they are: safe text, with the colours that this file gives it. */
export type Drawn = string & { readonly [drawn]: true };

export type Tone = StatusWords['tone'];

export interface Paragraph {
  /** Wrapped where it is too long for a line. */
  readonly text: SafeText;
  /** Of the second line and all after it. */
  readonly indent?: SafeText;
  readonly tone?: Tone;
}

export interface Table {
  readonly head: readonly SafeText[];
  readonly rows: readonly { readonly cells: readonly SafeText[]; readonly tone?: Tone }[];
  /** The column that gives way where the table is too wide. */
  readonly shrink: number;
  /** Columns of numbers, which stand to the right. */
  readonly right: readonly number[];
}

export type Part = readonly Paragraph[] | Table;

const columns = 100; // fits half of a wide screen and every CI log
const styles = { pass: 'green', fail: 'red', 'set-aside': 'yellow', absent: 'dim', ungraded: 'magenta' } as const;

/** The parts with an empty line between them; what is empty is left out. The words are the same without colour. */
export function renderParts(parts: readonly Part[], colour: boolean): Drawn {
  const text = parts
    .map((part) => ('head' in part ? renderRows(part, colour) : renderParagraphs(part, colour)))
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
  return text as Drawn;
}

function renderParagraphs(paragraphs: readonly Paragraph[], colour: boolean): string[] {
  return paragraphs.flatMap(({ text, indent, tone }) => wrapText(text, columns, indent).map((line) => paint(line, tone, colour)));
}

function renderRows({ head, rows, shrink, right }: Table, colour: boolean): string[] {
  const cells = rows.map((row) => row.cells);
  const lines = renderTable(head, cells, { right, fit: { width: columns, shrink } });
  const ruled = 2; // lines of the head and its rule
  return lines.map((line, index) => paint(line, rows[index - ruled]?.tone, colour));
}

/** Text of any kind as plain lines. */
export function drawText(text: string): Drawn {
  const inert: string = disarm(makeSafe(text));
  return inert as Drawn;
}

/** `validateStream: false`: the caller has looked whether the terminal shows colour. */
function paint(line: string, tone: Tone | undefined, colour: boolean): string {
  const inert = disarm(makeSafe(line)); // only now, for a line that is wrapped begins anew
  return colour && tone !== undefined ? styleText(styles[tone], inert, { validateStream: false }) : inert;
}
