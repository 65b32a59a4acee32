import type { DeviceName, DeviceReport } from '../result/device.ts';
import type { Tensors } from './device.ts';

/** What a backend says of itself once it runs, and how it is let go. */
export type Opened = Pick<DeviceReport, 'kind' | 'version' | 'reason'> & { readonly close?: () => void };

/** `tf.setBackend` answers false where others throw. */
export async function setBackend(tf: Tensors, name: DeviceName): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`the backend ${name} did not start`);
  await tf.ready();
}
