import type { DeviceReport } from '../result/device.ts';

export type Tensors = typeof import('@tensorflow/tfjs');

/** A device that is ready: its backend is set on the one TensorFlow.js of this process. */
export interface OpenDevice {
  readonly tf: Tensors;
  readonly report: DeviceReport;
  close(): Promise<void>;
}
