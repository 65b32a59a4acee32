import * as tf from '@tensorflow/tfjs';

import { scanNumbers, type Input, type Output } from '../../parts/scan.ts';

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
    const [as, bs, first] = [a, b, h0].map(({ dataId }) => device.readSync(dataId));
    return { dataId: device.write(scanNumbers(a.shape, as, bs, first), a.shape, 'float32'), shape: a.shape, dtype: 'float32' };
  },
});

export const linearRecurrenceParallel = ({ a, b, h0 }: Input): Output => ({
  h: tf.engine().runKernel('Scan', { a, b, h0 }) as tf.Tensor3D,
});
