import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Exercise } from '../../src/course/exercise.ts';
import { handInSolution, type Place } from '../../src/audit/hand-in.ts';

/* Steps that programs which make submissions share. */

export { NotHere, type Place, handInSolution } from '../../src/audit/hand-in.ts';

/** Where the learner's file of an exercise lies in a submission; its folder is made. */
export function placeOf(folder: string, { id, files }: Pick<Exercise, 'id' | 'files'>): string {
  const path = join(folder, 'exercises', id, files[0] as string);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** Hands in this text for the attacked exercise. */
export function handInText({ folder, exercises }: Place, text: string | Uint8Array): void {
  writeFileSync(placeOf(folder, exercises[0] as Exercise), text);
}

/** A pass of exercise 02 that answers rightly, as text to put something before or behind. */
export const honestText = `import * as tf from '@tensorflow/tfjs';
export function elmanSequence({ x, h0, Wx, Wh, b }) {
  return tf.tidy(() => {
    let h = h0;
    const states = tf.unstack(x, 1).map((xT) => (h = tf.tanh(tf.add(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)), b))));
    return { h: tf.stack(states, 1), hT: h };
  });
}
`;

/** A cohort: honest students, the first and the last by name, and between them others who hand in honest work under these names. */
export function handInStudents(folder: string, names: readonly string[]): void {
  for (const name of ['honest-first', ...names, 'zz-honest'].map((name) => join(folder, name))) writeHonest(name);
}

/** Honest work for exercise 02 as a student's submission. */
export function writeHonest(folder: string): void {
  handInSolution({ id: '02-elman-sequence' }, folder);
}

/** A course of this text and, as far as it is named, one exercise of that. */
export function writeCourse(folder: string, text: string, exercise?: string): void {
  mkdirSync(join(folder, 'exercises/01-first'), { recursive: true });
  writeFileSync(join(folder, 'course.yaml'), text);
  if (exercise === undefined) return;
  for (const name of ['README.md', 'first.ts']) writeFileSync(join(folder, 'exercises/01-first', name), '');
  writeFileSync(join(folder, 'exercises/01-first/exercise.yaml'), exercise);
}

/** Names that act where they are not shown as text: on a terminal, in a page, in a log, on an object. */
export const namesThatAct = [
  '\u001B[2J\u001B]0;owned\u0007',
  '<script>alert(1)<\u2215script>',
  '99-\u202Egnp.ts',
  'a\n::error::b',
  '\r',
  '__proto__',
  'constructor',
];
