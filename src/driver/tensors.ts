import type { Tensors } from '../device/device.ts';
import { HostTensor, type Tree } from '../wire/tensor.ts';

/** A tree with a tensor of the device in the place of each on the host. */
export function toTensors(tf: Tensors, tree: Tree): unknown {
  if (tree instanceof HostTensor) return tf.tensor(tree.data, [...tree.shape], tree.dtype);
  if (typeof tree === 'number') return tree;
  if (Array.isArray(tree)) return tree.map((part: Tree) => toTensors(tf, part));
  return Object.fromEntries(Object.entries(tree).map(([name, part]) => [name, toTensors(tf, part)]));
}

/** Frees the tensors of whatever a pass answered with, but for its inputs. */
export function disposeAnswer(tf: Tensors, answer: unknown, inputs: Record<string, unknown> = {}): void {
  const kept = new Set(Object.values(inputs));
  if (answer instanceof tf.Tensor) {
    if (!kept.has(answer) && !answer.isDisposed) answer.dispose();
  } else if (typeof answer === 'object' && answer !== null && !ArrayBuffer.isView(answer)) {
    for (const part of Object.values(answer)) disposeAnswer(tf, part, inputs);
  }
}
