/** The devices of the course, the preferred one first. One learner's file runs on every one of them. */
export const deviceNames = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const;
export type DeviceName = (typeof deviceNames)[number];

/** `software` is a GPU interface drawn by the processor: right for correctness, never called a GPU, never timed. */
export const deviceKinds = ['gpu', 'cpu', 'software'] as const;
export type DeviceKind = (typeof deviceKinds)[number];

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

/** Where a wall-clock threshold can hold. Software adapters and plain JavaScript are never timed. */
export const deviceClasses = ['cuda', 'webgpu-gpu', 'tensorflow-cpu', 'wasm'] as const;
export type DeviceClass = (typeof deviceClasses)[number];

/** The class of devices whose thresholds hold on a device; `undefined` for software adapters and plain JavaScript. */
export function classOf({ name, kind }: Pick<DeviceReport, 'name' | 'kind'>): DeviceClass | undefined {
  if (name === 'tensorflow') return kind === 'gpu' ? 'cuda' : 'tensorflow-cpu';
  if (name === 'webgpu') return kind === 'gpu' ? 'webgpu-gpu' : undefined;
  return name === 'wasm' ? 'wasm' : undefined;
}

/** What a result says of its device. */
export function describeDevice({ name, kind, version, reason }: DeviceReport): Omit<DeviceReport, 'usable'> {
  return { name, kind, version, reason };
}
