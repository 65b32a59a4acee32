import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { compileModule, type LearnerModule, type ModuleText } from '../compile/learner.ts';
import type { Exercise } from '../course/exercise.ts';
import { givenPaths, solutionPaths, stubPaths } from '../course/places.ts';

export const readStub = (exercise: Exercise): ModuleText => readModule(exercise.id, stubPaths(exercise));
export const readSolution = (exercise: Exercise): ModuleText => readModule(exercise.id, solutionPaths(exercise));

/** Compiles what stands in the learner's place of an exercise. The kit's own copies of the given files lie beside it, whatever it brings. */
export function compileExercise(exercise: Exercise, { key, entry, files }: ModuleText, compile = compileModule): Promise<LearnerModule> {
  return compile({ key, entry, files: { ...files, ...readFiles(givenPaths(exercise)) } });
}

/** Reads the files of one exercise from disk; the first holds the exports. */
function readModule(key: string, paths: readonly string[]): ModuleText {
  return { key, entry: basename(paths[0] as string), files: readFiles(paths) };
}

/** Text of each file by its name, without its folder. */
function readFiles(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [basename(path), readFileSync(path, 'utf8')]));
}
