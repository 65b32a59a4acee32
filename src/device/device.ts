/** The devices of the course, the preferred one first. One learner's file runs on every one of them. */
export const deviceNames = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const;
export type DeviceName = (typeof deviceNames)[number];

/** `software` is a GPU interface drawn by the processor: right for correctness, never called a GPU, never timed. */
export type DeviceKind = 'gpu' | 'cpu' | 'software';

/** What one device is on this machine, and why. */
export interface DeviceReport {
  readonly name: DeviceName;
  readonly usable: boolean;
  readonly kind: DeviceKind;
  /** Version of what computes: `2.21.0` for TensorFlow, the adapter's own words for WebGPU. `null` where it could not be had. */
  readonly version: string | null;
  /** One sentence: why it is usable or what to do so that it becomes so. */
  readonly reason: string;
}

export type Tensors = typeof import('@tensorflow/tfjs');

/** A device that is ready: its backend is set on the one TensorFlow.js of this process. */
export interface OpenDevice {
  readonly tf: Tensors;
  readonly report: DeviceReport;
  close(): Promise<void>;
}
