import type { Tensors } from '../device/device.ts';

const readers = ['data', 'dataSync', 'bytes', 'bytesSync'] as const; // array and arraySync pass through them; kernels do not

/** Counts the reads of tensors to the host until stopped. */
export function countReads(tf: Tensors) {
  const prototype = tf.Tensor.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const originals = readers.map((name) => [name, prototype[name] as (...args: unknown[]) => unknown] as const);
  let count = 0;
  for (const [name, original] of originals) {
    prototype[name] = function (this: unknown, ...args: unknown[]) {
      count++;
      return original.apply(this, args);
    };
  }
  const stop = () => {
    for (const [name, original] of originals) prototype[name] = original;
  };
  return { count: () => count, stop };
}
