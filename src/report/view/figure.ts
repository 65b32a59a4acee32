import type { Figure } from '../../result/figure.ts';
import type { Result } from '../../result/result.ts';
import { showLine } from '../text/layout.ts';
import { safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { drawCurves, hasPoints } from '../pictures/curves.ts';
import type { Svg } from '../pictures/svg.ts';

export interface FigureView {
  readonly title: SafeText;
  readonly note: SafeText;
  /** Null for a table, and for curves of which no point can be shown or that cannot be drawn: then the note says so. */
  readonly curvesPicture: Svg | null;
  readonly table: { readonly columns: readonly SafeText[]; readonly rows: readonly (readonly SafeText[])[] } | null;
}

/** The curves of a result, drawn: they take a moment each, so they are drawn before the page is filled. */
export type Drawn = ReadonlyMap<Safe<Figure>, Svg | typeof failed>;
const failed = Symbol('a picture that cannot be drawn');

export async function drawFigures({ exercises }: Safe<Result>): Promise<Drawn> {
  const drawn = new Map<Safe<Figure>, Svg | typeof failed>();
  for (const figure of exercises.flatMap(({ checks }) => checks.flatMap(({ figures = [] }) => figures)))
    if (figure.kind === 'curves' && hasPoints(figure)) drawn.set(figure, await drawCurves(figure).catch(() => failed)); // a learner's numbers: they cost this picture and nothing else
  return drawn;
}

export function figureView(figure: Safe<Figure>, drawn: Drawn): FigureView {
  const words = { title: showLine(figure.title, 200), note: showLine(figure.note, 1000) };
  if (figure.kind === 'curves') {
    const picture = drawn.get(figure);
    if (picture !== failed) return { ...words, curvesPicture: picture ?? null, table: null };
    return { ...words, note: safe`${words.title}: these curves cannot be drawn. ${words.note}`, curvesPicture: null, table: null };
  }
  const columns = figure.columns.map((column) => showLine(column, 100));
  const rows = figure.rows.map((row) => columns.map((_, index) => showLine(row[index] ?? safe``, 200)));
  return { ...words, curvesPicture: null, table: { columns, rows } };
}
