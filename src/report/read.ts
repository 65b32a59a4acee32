import type { z } from 'zod';
import { messageOf, UserError } from '../errors.ts';
import { readPlainFile } from '../files.ts';
import { gradebookSchema, resultSchema, type Gradebook, type Result } from '../result/result.ts';

/** Reads one submission's `result.json`. A file that is not one is the user's mistake, said in one sentence with the first problem. */
export async function readResult(path: string): Promise<Result> {
  return readRecord(path, resultSchema, 'result');
}

/** Reads a cohort's `gradebook.json`. */
export async function readGradebook(path: string): Promise<Gradebook> {
  return readRecord(path, gradebookSchema, 'gradebook');
}

type Kind = 'result' | 'gradebook';

async function readRecord<T>(path: string, schema: z.ZodType<T>, kind: Kind): Promise<T> {
  const parsed = schema.safeParse(parseJson(readText(path, kind), path, kind));
  if (parsed.success) return parsed.data;
  throw new UserError(`${path} is not a ${kind} that this kit can read: ${describeIssue(parsed.error.issues[0])}.`, {
    cause: parsed.error,
  });
}

/** A result has some 30 kB, one that prints as much as it may less than 4 MB; a gradebook holds them all. */
const mostBytes = { result: 16 * 2 ** 20, gradebook: 256 * 2 ** 20 } as const;

function readText(path: string, kind: Kind): string {
  const read = readPlainFile(path, { most: mostBytes[kind] });
  if ('bytes' in read) return read.bytes.toString('utf8');
  const { refusal, code = refusal } = read;
  const limit = `it is larger than ${mostBytes[kind] / 2 ** 20} MiB`;
  if (refusal === 'too-large') throw new UserError(`${path} is not a ${kind} that this kit can read: ${limit}.`);
  if (code === 'ENOENT') throw new UserError(`There is no ${kind} at ${path}.`);
  throw new UserError(`${path} cannot be read: ${refusal === 'not-plain' ? 'it is not a plain file' : code}.`);
}

function parseJson(text: string, path: string, kind: Kind): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new UserError(`${path} is not a ${kind} that this kit can read: it is not JSON (${messageOf(thrown)}).`, { cause: thrown });
  }
}

/** `exercises[0].checks[2].points: Too small: expected number to be >=0`. */
function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'it does not fit the schema';
  const where = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return where === '' ? issue.message : `${where.replace(/^\./, '')}: ${issue.message}`;
}
