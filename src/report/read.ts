import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { messageOf, UserError } from '../errors.ts';
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
  const parsed = schema.safeParse(parseJson(await readText(path, kind), path, kind));
  if (parsed.success) return parsed.data;
  throw new UserError(`${path} is not a ${kind} that this kit can read: ${describeIssue(parsed.error.issues[0])}.`, {
    cause: parsed.error,
  });
}

async function readText(path: string, kind: Kind): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    throw new UserError(missing ? `There is no ${kind} at ${path}.` : `${path} cannot be read: ${messageOf(thrown)}.`, { cause: thrown });
  }
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
