import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { Exercise } from './exercise.ts';
import { givenPaths, solutionPaths } from './places.ts';

const known = new Map<string, string>();

/** SHA-256 of what decides about an exercise: its yaml, test, oracle, lab, given files and solution. Worked out once in a process. */
export function versionOf(exercise: Exercise): string {
  const version = known.get(exercise.folder) ?? hashFiles(decidingFiles(exercise));
  known.set(exercise.folder, version);
  return version;
}

/** Name and path of each file, in an order of their own; a lesson or a figure decides nothing. */
function decidingFiles(exercise: Exercise): [string, string][] {
  const own = ['exercise.yaml', 'oracle.ts', `${exercise.id.slice(3)}.test.ts`, ...labFiles(exercise.folder)];
  return [
    ...own.map((name): [string, string] => [name, join(exercise.folder, name)]),
    ...givenPaths(exercise).map((path): [string, string] => [`given/${basename(path)}`, path]),
    ...solutionPaths(exercise).map((path): [string, string] => [`solution/${basename(path)}`, path]),
  ];
}

function labFiles(folder: string): string[] {
  const lab = join(folder, 'lab');
  if (!existsSync(lab)) return [];
  const names = readdirSync(lab, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names.map((name) => `lab/${name.replaceAll('\\', '/')}`).toSorted();
}

/** The hash of each file stands beside its name, so that no byte can move from one to the next. */
function hashFiles(files: readonly [string, string][]): string {
  const listed = files.map(([name, path]) => [name, existsSync(path) ? sha256(readFileSync(path)) : null]);
  return sha256(JSON.stringify(listed));
}

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
