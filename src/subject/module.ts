import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { bundleLearner } from './bundle.ts';
import { SubjectFailure } from './subject.ts';

/** A learner's files for one exercise, as text. */
export interface ModuleText {
  /** Names the module in the box, such as `10-causal-attention`. */
  readonly key: string;
  /** The file that holds the exports. */
  readonly entry: string;
  /** Text of each file by its name. */
  readonly files: Readonly<Record<string, string>>;
}

/** The same as one module of JavaScript, or why it cannot be one. */
export type LearnerModule = { readonly key: string } & ({ readonly code: string } | { readonly broken: string });

/** Reads the files of one exercise from disk; the first holds the exports. */
export function readModule(key: string, paths: readonly string[]): ModuleText {
  const files = Object.fromEntries(paths.map((path) => [basename(path), readFileSync(path, 'utf8')]));
  return { key, entry: basename(paths[0] as string), files };
}

/** Compiles a learner's files. The text is only read, never run, so the judge may do it. */
export async function compileModule({ key, entry, files }: ModuleText): Promise<LearnerModule> {
  try {
    return { key, code: await bundleLearner(entry, new Map(Object.entries(files))) };
  } catch (error) {
    if (error instanceof SubjectFailure) return { key, broken: error.message };
    throw error;
  }
}
