import * as tf from '@tensorflow/tfjs';

import { type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

tf.registerKernel({
  kernelName: 'Scan',
  backendName: tf.getBackend(),
  kernelFunc: ({ inputs, backend }) => {
    const { a, b, h0 } = inputs as unknown as Input;
    const device = backend as unknown as {
      readSync(dataId: object): Float32Array;
      write(values: Float32Array, shape: number[], dtype: string): object;
    };
    const [B, T, H] = a.shape;
    const [as, bs, first] = [a, b, h0].map(({ dataId }) => device.readSync(dataId));
    const state = Float32Array.from(first);
    const h = new Float32Array(B * T * H);
    for (let n = 0; n < B; n++)
      for (let t = 0; t < T; t++)
        for (let j = 0; j < H; j++) {
          const index = (n * T + t) * H + j;
          h[index] = state[n * H + j] = as[index] * state[n * H + j] + bs[index];
        }
    return { dataId: device.write(h, a.shape, 'float32'), shape: a.shape, dtype: 'float32' };
  },
});

export const linearRecurrenceParallel = ({ a, b, h0 }: Input): Output => ({
  h: tf.engine().runKernel('Scan', { a, b, h0 }) as tf.Tensor3D,
});
