import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
/** The folder of this kit, which is also that of the course it ships. */
export const kitRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** The learner's files of an exercise as they stand in the course: the stubs. */
export function stubPaths(exercise) {
  return exercise.files.map((file) => join(exercise.folder, file));
}
/** The files that come with the exercise and are not the learner's. */
export function givenPaths(exercise) {
  return exercise.given.map((file) => join(exercise.folder, file));
}
/** The kit's own solution: the same relative paths below solutions/. */
export function solutionPaths(exercise) {
  return exercise.files.map((file) => join(exercise.folder, '../../solutions', exercise.id, file));
}
