import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import type { LearnerModule } from './boxed.ts';

/** Reads the files of one exercise from disk; the first holds the exports. */
export function readModule(key: string, paths: readonly string[]): LearnerModule {
  const files = Object.fromEntries(paths.map((path) => [basename(path), readFileSync(path, 'utf8')]));
  return { key, entry: basename(paths[0] as string), files };
}
