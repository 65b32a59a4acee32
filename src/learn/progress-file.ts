import { join } from 'node:path';

import { parse, stringify } from 'yaml';
import { z } from 'zod';

import { messageOf, UserError } from '../errors.ts';
import { readPlainFile, writeWhole } from '../files.ts';

/** A learner's progress, in one small file that may be committed: one line for each thing, so that two machines merge well. */

export const progressFile = 'progress.yaml';
const mostBytes = 256 * 1024; // a course of a hundred exercises has less than 20 KiB

const day = z.iso.date();
const progressSchema = z.strictObject({
  format: z.literal(1),
  /** The exercise that the learner works on. */
  current: z.string().optional(),
  /** The command that opens a file, such as `code -r`. */
  edit: z.string().optional(),
  /** The day on which each exercise passed for the first time. */
  passed: z.record(z.string(), day).default({}),
  /** Hints opened of each exercise, 1 to 3. */
  hints: z.record(z.string(), z.number().int().min(1).max(3)).default({}),
  /** Explanations asked for, of each exercise. */
  explained: z.record(z.string(), z.number().int().positive()).default({}),
  /** The day on which the solution of an exercise was opened, and whether it had passed by then. */
  solutions: z.record(z.string(), z.strictObject({ day, after: z.enum(['pass', 'asking']) })).default({}),
  /** How many times as fast the learner expected a parallel pass to be, before its first race. */
  predictions: z.record(z.string(), z.strictObject({ day, speedup: z.number().positive() })).default({}),
});
export type Progress = z.infer<typeof progressSchema>;

const nothing: Progress = { format: 1, passed: {}, hints: {}, explained: {}, solutions: {}, predictions: {} };

/** Reads the progress of a learner's folder; nothing where there is none. Throws `UserError` where the file is something else. */
export function readProgress(folder: string): Progress {
  const path = join(folder, progressFile);
  const read = readPlainFile(path, { most: mostBytes });
  if ('refusal' in read) {
    if (read.refusal === 'absent') return nothing;
    throw new UserError(`${path} cannot be read (${read.code ?? read.refusal}); make it a plain file that you may read, or delete it`);
  }
  try {
    return progressSchema.parse(parse(read.bytes.toString('utf8'), { maxAliasCount: 0 }));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? whereIn(cause) : messageOf(cause).split('\n')[0];
    throw new UserError(`${path} is not a progress file (${why}); mend it, or delete it and begin anew`, { cause });
  }
}

function whereIn({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? 'it does not say why' : `${issue.path.join('.') || 'the whole of it'}: ${issue.message}`;
}

/** Writes it whole, in a fixed order. */
export async function writeProgress(folder: string, progress: Progress): Promise<void> {
  const sorted = (record: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const { format, current, edit, ...ledgers } = progress;
  const value = {
    format,
    ...(current === undefined ? {} : { current }),
    ...(edit === undefined ? {} : { edit }),
    ...Object.fromEntries(Object.entries(ledgers).map(([name, record]) => [name, sorted(record)])),
  };
  await writeWhole(
    join(folder, progressFile),
    `# Your progress in the course, written by npx unroll. It may be committed.\n${stringify(value)}`,
  );
}

/** Today, as the files have it. */
export const today = (now = new Date()): string => now.toISOString().slice(0, 10);
