import { existsSync } from 'node:fs';

import type { DeviceReport } from '../result/device.ts';
import { type Binding, findAddonFolder } from './addon.ts';
import { readStamp } from './stamp.ts';

/**
 * What files alone tell of the device `tensorflow`, in milliseconds. `undefined` where only a try can tell: an addon that
 * someone else built.
 */
export async function reportProvision(binding?: Binding): Promise<DeviceReport | undefined> {
  const folder = findAddonFolder(binding);
  if (folder === undefined) return missing('TensorFlow is not set up: run `npx unroll setup`.');
  const stamp = await readStamp(folder);
  if (!stamp)
    return existsSync(`${folder}/stamp.json`) ? missing('The files of TensorFlow are damaged: run `npx unroll setup`.') : undefined;
  const kind = stamp.kind === 'gpu' && hasNvidiaDriver() ? 'gpu' : 'cpu';
  const where = kind === 'gpu' ? 'on the GPU' : 'on the processor';
  return {
    name: 'tensorflow',
    usable: true,
    kind,
    version: stamp.version,
    reason: `TensorFlow ${stamp.version} is set up and computes ${where}.`,
  };
}

function missing(reason: string): DeviceReport {
  return { name: 'tensorflow', usable: false, kind: 'cpu', version: null, reason };
}

/** The kernel's own word that an NVIDIA GPU can be used. */
export function hasNvidiaDriver(): boolean {
  return existsSync('/proc/driver/nvidia/version');
}
