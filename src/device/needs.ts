import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { DeviceName } from '../result/device.ts';
import { findAddonFolder } from './addon.ts';
import { findDriverFolders, findGpuFiles, findSoftwareDriver, vulkanVariables } from './vulkan.ts';

/** What a box must let in so that a device works inside it, beside the system's libraries, Node and the kit's `node_modules`. */
export interface DeviceNeeds {
  readonly readOnlyPaths: string[];
  /** The folder that the addon of TensorFlow lies in; `node_modules` holds a link to it. */
  readonly addonFolder?: string;
  readonly devicePaths: string[];
  readonly env: Record<string, string>;
}

export function deviceNeeds(name: DeviceName): DeviceNeeds {
  if (name === 'tensorflow') return needTensorFlow();
  if (name === 'webgpu') return needWebgpu();
  return { readOnlyPaths: [], devicePaths: [], env: {} };
}

/** NVIDIA's libraries are loaded by name at run time, so their folders are told to the loader. */
function needTensorFlow(): DeviceNeeds {
  const folder = findAddonFolder();
  if (folder === undefined) return { readOnlyPaths: [], devicePaths: [], env: {} };
  const nvidia = join(folder, 'nvidia');
  const libraries = existsSync(nvidia)
    ? readdirSync(nvidia)
        .map((part) => join(nvidia, part, 'lib'))
        .filter((path) => existsSync(path))
    : [];
  const env: Record<string, string> = { TF_CPP_MIN_LOG_LEVEL: '3' }; // 3: fatal only, or the box's error stream fills with chatter
  if (libraries.length === 0) return { addonFolder: folder, readOnlyPaths: [], devicePaths: [], env };
  return {
    addonFolder: folder,
    readOnlyPaths: existing('/usr/local/nvidia'),
    devicePaths: nvidiaFiles(),
    env: { ...env, LD_LIBRARY_PATH: libraries.join(':') },
  };
}

function needWebgpu(): DeviceNeeds {
  const devicePaths = findGpuFiles(list);
  const told = driverVariables();
  const software = devicePaths.length === 0 && Object.keys(told).length === 0 ? findSoftwareDriver() : undefined;
  const env = software === undefined ? told : { VK_ICD_FILENAMES: software };
  const named = Object.values(env).flatMap((files) => files.split(':').map((file) => dirname(file)));
  const gpu = devicePaths.length > 0 ? [...findDriverFolders(), ...existing('/sys/dev/char', '/sys/devices', '/usr/local/nvidia')] : [];
  return { readOnlyPaths: existing(...new Set([...gpu, ...named])), devicePaths, env };
}

/** Where the person at the machine says that Vulkan's drivers are, such as on the node of a cluster. */
function driverVariables(): Record<string, string> {
  return Object.fromEntries(
    vulkanVariables.flatMap((name) => (process.env[name] === undefined ? [] : ([[name, process.env[name]]] as [string, string][]))),
  );
}

function nvidiaFiles(): string[] {
  return findGpuFiles(list).filter((path) => path.startsWith('/dev/nvidia'));
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function existing(...paths: string[]): string[] {
  return paths.filter((path) => existsSync(path));
}
