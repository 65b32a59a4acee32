import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Exercise } from '../course/exercise.ts';
import type { ModuleText } from '../compile/learner.ts';

/** A solution spoiled in one way that no specification in loops can show, and the check that exists to notice. */
export interface Mutant {
  readonly id: string;
  /** Id of the check that must notice, and the only one that it sits: others may have to train. */
  readonly killer: string;
  readonly module: ModuleText;
}

type Spoil = (pass: string) => string;

const spoilings: Readonly<Record<string, { killer: string; spoil: Spoil }>> = {
  'leaves-tensors': { killer: 'no-leaks', spoil: (pass) => `(input) => { tf.keep(tf.scalar(0)); return original.${pass}(input); }` },
  'cuts-gradient': {
    killer: 'gradients',
    spoil: (pass) =>
      `(input) => eachTensor(original.${pass}(input), (x) => tf.customGrad((y) => ({ value: tf.clone(y as tf.Tensor), gradFunc: (dy) => tf.zerosLike(dy as tf.Tensor) }))(x))`,
  },
};

const preamble = `import * as tf from '@tensorflow/tfjs';
import * as original from './original.ts';
export * from './original.ts';
const eachTensor = (answer: any, change: (x: tf.Tensor) => tf.Tensor): any =>
  answer instanceof tf.Tensor ? change(answer) : Object.fromEntries(Object.entries(answer).map(([name, x]) => [name, eachTensor(x, change)]));
`;

/** The spoiled solutions of an exercise: one for each check that only real code can fail, and those that the author wrote, in mutants/. */
export function makeMutants(exercise: Exercise, solution: ModuleText): Mutant[] {
  const made = [...spoiled(exercise), ...disguised(exercise)].filter(({ killer }) => killer in exercise.checks);
  return [...made, ...written(exercise, solution)].map(({ id, killer, text }) => ({ id, killer, module: inPlaceOf(solution, id, text) }));
}

/** The solution with some exports replaced; the text may use `original` and `tf`. */
export function disguise(solution: ModuleText, exports: readonly string[]): ModuleText {
  return inPlaceOf(solution, 'sequential', [preamble, ...exports].join('\n'));
}

/** A module that stands in the solution's place and may take from original.ts, the solution itself, what it leaves right. */
function inPlaceOf({ key, entry, files }: ModuleText, id: string, text: string): ModuleText {
  const { [entry]: original = '', ...others } = files;
  return { key: `${id}/${key}`, entry: 'spoiled.ts', files: { ...others, 'original.ts': original, 'spoiled.ts': text } };
}

type MutantText = Pick<Mutant, 'id' | 'killer'> & { readonly text: string };

function spoiled({ passes }: Exercise): MutantText[] {
  return Object.entries(spoilings).map(([id, { killer, spoil }]) => {
    const exports = Object.keys(passes).map((pass) => `export const ${pass} = ${spoil(pass)};`);
    return { id, killer, text: [preamble, ...exports].join('\n') };
  });
}

/** The sequential passes under the parallel passes' names; without a parallel pass that would be the solution itself. */
function disguised({ passes }: Exercise): MutantText[] {
  const parallel = Object.keys(passes).filter((pass) => pass.endsWith('Parallel'));
  const exports = parallel.map((pass) => `export const ${pass} = original.${pass.replace(/Parallel$/, 'Sequential')};`);
  return exports.length === 0 ? [] : [{ id: 'sequential-in-disguise', killer: 'kernels', text: [preamble, ...exports].join('\n') }];
}

function written({ id: exercise, folder, mutants, given }: Exercise, { entry }: ModuleText): MutantText[] {
  return Object.entries(mutants).map(([id, { killer }]) => {
    const text = readFileSync(join(folder, 'mutants', `${id}.ts`), 'utf8');
    const beside = given.reduce((all, name) => all.replaceAll(`'../${name}'`, `'./${name}'`), text); // all files of a module lie in one folder
    return { id, killer, text: beside.replaceAll(`../../../solutions/${exercise}/${entry}`, './original.ts') };
  });
}
