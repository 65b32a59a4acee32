import { z } from 'zod';

import { line, sentences } from './text.ts';

/**
 * What a check has to show besides its verdict: curves that the learner's own code produced, or a table of measurements. It is drawn by
 * `report/`, for a report or for a lesson.
 */

const [least, most] = [1e-30, 1e30]; // magnitudes of what a picture can tell apart: far beyond any measure, and far from where distances between two marks round to nothing

/** A finite number, as near to it as a picture can show: nothing that is too small, and no more than an axis holds. */
const drawable = z.number().transform((value) => (Math.abs(value) < least ? 0 : Math.max(-most, Math.min(most, value))));

const axisSchema = z.object({
  /** What the numbers are, with their unit. */
  label: line,
  log: z.boolean().default(false),
});

const curvesSchema = z.object({
  kind: z.literal('curves'),
  title: line,
  /** One or two sentences: what to see in it. */
  note: sentences,
  x: axisSchema,
  y: axisSchema,
  series: z
    .array(z.object({ name: line, points: z.array(z.tuple([drawable, drawable])).max(2000) }))
    .min(1)
    .max(12),
});
export type Curves = z.infer<typeof curvesSchema>;

const tableSchema = z.object({
  kind: z.literal('table'),
  title: line,
  note: sentences,
  columns: z.array(line).min(1).max(12),
  rows: z.array(z.array(line).max(12)).max(200),
});

export const figureSchema = z.discriminatedUnion('kind', [curvesSchema, tableSchema]);
export type Figure = z.infer<typeof figureSchema>;
/** The same as an author writes it: what has a default may be left out. */
export type FigureToShow = z.input<typeof figureSchema>;
