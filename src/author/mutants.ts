import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Exercise } from '../course/exercise.ts';
import type { ModuleText } from '../box/compile.ts';

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

/** The spoiled solutions of an exercise: one for each check that only real code can fail. */
export function makeMutants(exercise: Exercise, solution: ModuleText): Mutant[] {
  const passes = Object.keys(exercise.passes);
  const spoiled = Object.entries(spoilings).map(([id, { killer, spoil }]) =>
    mutant(
      id,
      killer,
      solution,
      passes.map((pass) => `export const ${pass} = ${spoil(pass)};`),
    ),
  );
  const disguised = passes
    .filter((pass) => pass.endsWith('Parallel'))
    .map((pass) => `export const ${pass} = original.${pass.replace(/Parallel$/, 'Sequential')};`);
  const disguises = disguised.length === 0 ? [] : [mutant('sequential-in-disguise', 'kernels', solution, disguised)]; // without a parallel pass it would be the solution itself
  const written = Object.entries(exercise.mutants).map(([id, { killer }]) => writtenMutant(exercise, id, killer, solution));
  return [...[...spoiled, ...disguises].filter(({ killer }) => killer in exercise.checks), ...written];
}

/** The solution with some exports replaced; the text may use `original` and `tf`. */
export function disguise(exercise: Pick<Exercise, 'id'>, solution: ModuleText, exports: readonly string[]): ModuleText {
  return mutant('sequential', '', { ...solution, key: exercise.id }, exports).module;
}

/** A mutant that the author wrote, in mutants/; it takes what it leaves right from the solution. */
function writtenMutant({ id: exercise, folder }: Exercise, id: string, killer: string, solution: ModuleText): Mutant {
  const text = readFileSync(join(folder, 'mutants', `${id}.ts`), 'utf8');
  const { [solution.entry]: original = '', ...others } = solution.files;
  return {
    id,
    killer,
    module: {
      key: `${id}/${solution.key}`,
      entry: 'spoiled.ts',
      files: {
        ...others,
        'original.ts': original,
        'spoiled.ts': text.replaceAll(`../../../solutions/${exercise}/${solution.entry}`, './original.ts'),
      },
    },
  };
}

function mutant(id: string, killer: string, solution: ModuleText, exports: readonly string[]): Mutant {
  const { [solution.entry]: original = '', ...others } = solution.files;
  return {
    id,
    killer,
    module: {
      key: `${id}/${solution.key}`,
      entry: 'spoiled.ts',
      files: { ...others, 'original.ts': original, 'spoiled.ts': [preamble, ...exports].join('\n') },
    },
  };
}
