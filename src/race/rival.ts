import type { ModuleText } from '../subject/module.ts';

/** The kit's pass that only moves numbers: whoever answers much faster than this has not computed an answer. */
export const echoPass = 'unrollEcho';

/** The kit's own passes of an exercise with one more: it takes tensors and gives them back, plus zero. */
export function withEcho({ key, entry, files }: ModuleText): ModuleText {
  const text = `import * as tf from '@tensorflow/tfjs';
export * from './${entry}';
export const ${echoPass} = (input: Record<string, tf.Tensor>) =>
  Object.fromEntries(Object.entries(input).map(([name, x]) => [name, tf.add(x, 0)]));
`;
  return { key, entry: 'rival.ts', files: { ...files, 'rival.ts': text } };
}
