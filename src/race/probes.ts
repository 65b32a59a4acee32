/** The kit's pass that only moves numbers: a pass that answers much faster than this has not computed an answer. */
export const echoPass = 'unrollEcho';
/** The kit's pass that multiplies two square matrices: what this device can do at most. */
export const productPass = 'unrollProduct';

/** A module with two passes more than another: one takes tensors and gives them back, plus zero; one gives the first row of a product. */
export function withProbes(entry: string): string {
  return `import * as tf from '@tensorflow/tfjs';
export * from './${entry}';
export const ${echoPass} = (input: Record<string, tf.Tensor>) =>
  Object.fromEntries(Object.entries(input).map(([name, x]) => [name, tf.add(x, 0)]));
export const ${productPass} = ({ a, b }: { a: tf.Tensor2D; b: tf.Tensor2D }) => tf.tidy(() => ({ y: tf.slice(tf.matMul(a, b), 0, 1) }));
`;
}
