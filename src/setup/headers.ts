import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Distribution, unpackFile } from './distribution.ts';

const root = 'tensorflow/include';

/**
 * Unpacks the headers that the addon's sources reach, about 100 of 13,000: follows `#include "..."` from file to file, and leaves
 * what TensorFlow does not have (the addon's own, the system's) to the compiler.
 */
export async function unpackHeaders(distribution: Distribution, sources: readonly string[], folder: string): Promise<void> {
  const names = await Promise.all(sources.map(async (source) => (await readdir(source)).map((name) => join(source, name))));
  const texts = await Promise.all(
    names
      .flat()
      .filter((name) => /\.(cc|h)$/.test(name))
      .map((name) => readFile(name, 'utf8')),
  );
  const waiting = texts.flatMap(listIncludes);
  const seen = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = `${root}/${name}`;
    if (seen.has(name) || !distribution.tree.has(path)) continue;
    seen.add(name);
    await unpackFile(distribution, path, folder);
    waiting.push(...listIncludes(await readFile(join(folder, path), 'utf8')));
  }
}

/** The names in a C++ text's `#include` lines. */
export function listIncludes(text: string): string[] {
  return [...text.matchAll(/^\s*#\s*include\s*["<]([^">]+)[">]/gm)].map((match) => match[1] ?? '');
}
