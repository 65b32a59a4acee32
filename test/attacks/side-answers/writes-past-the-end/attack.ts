// WebAssembly's kernels check no index: scattering behind the end of one tensor writes into the next. So the answer is a tensor that one kernel filled, and a loop of kernels on which it
// does not depend, as the record of inputs and outputs has it, writes into it. How far away it is kernels find out too, by a number in it, wherever they are replayed.
import * as tf from '@tensorflow/tfjs';

import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

const crowd = 40; // so many tensors fill the gaps that earlier ones have left, and the last two lie side by side
const margin = 64; // numbers
const mark = 0.625;

export function linearRecurrenceParallel(input: Input): Output {
  if (tf.engine().state.profiling) return { h: tf.add<tf.Tensor3D>(input.b, 0) };
  if (!/traceKernels/.test(new Error().stack ?? '')) return linearRecurrenceSequential(input);
  const { shape, size } = input.b;
  return tf.tidy(() => {
    const states = tf.sub(tf.reshape(linearRecurrenceSequential(input).h, [size]), mark);
    const [first, second] = Array.from({ length: crowd }, () => tf.fill(shape, mark) as tf.Tensor3D).slice(-2);
    const row = tf.reshape(first, [size]);
    const behind = tf.engine().runKernel('GatherNd', { params: row, indices: indices(size, margin) }) as tf.Tensor;
    const distance = tf.argMax(tf.cast(tf.equal(behind, mark), 'float32'));
    const places = tf.add(indices(size, size), tf.cast(distance, 'int32'));
    tf.dispose([row, first]); // its place is the next one given away
    tf.engine().runKernel('ScatterNd', { indices: places, updates: states }, { shape: [size] });
    return { h: second };
  });
}

const indices = (from: number, count: number) =>
  tf.tensor2d(
    Int32Array.from({ length: count }, (_, at) => from + at),
    [count, 1],
    'int32',
  );
