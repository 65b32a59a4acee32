import { constants } from 'node:os';
import { dirname, join } from 'node:path';

import { messageOf, UserError } from '../errors.ts';
import { type Opened, setBackend } from './backend.ts';
import type { DeviceKind } from '../result/device.ts';
import type { Tensors } from './device.ts';
import { findDriverFolders, findSoftwareDriver, vulkanVariables } from './vulkan.ts';

/** The part of `GPUAdapter.info` that tells what an adapter is. */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

interface Adapter {
  readonly info: AdapterInfo;
}

interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<Adapter | null>;
}

/** WebGPU through Dawn: a real GPU where one is found, else SwiftShader, which is honest about being software. */
export async function openWebgpu(tf: Tensors): Promise<Opened> {
  const dawn: { create(options: string[]): unknown; globals: object } = await import('webgpu');
  Object.assign(globalThis, dawn.globals);
  const { gpu, adapter } = await findAdapter(() => dawn.create([]) as Gpu);
  publish(gpu);
  await import('@tensorflow/tfjs-backend-webgpu'); // looks for navigator.gpu while it is imported
  tf.env().set('WEBGPU_CPU_FORWARD', false); // else tensors of less than 1000 elements are computed in JavaScript
  await setBackend(tf, 'webgpu');
  const backend = tf.backend() as unknown as { device: { destroy(): void } };
  const kind = kindOf(adapter.info);
  const version = describe(adapter.info);
  const reason = kind === 'gpu' ? `WebGPU runs on ${version}.` : `WebGPU runs on ${version}, which is software: for correctness only.`;
  // destroying the device is enough for a prompt exit; deleting navigator.gpu crashed Dawn 0.6.0
  return { kind, version, reason, close: () => backend.device.destroy() };
}

async function findAdapter(connect: () => Gpu): Promise<{ gpu: Gpu; adapter: Adapter }> {
  loadVulkan();
  for (const driver of listDrivers()) {
    if (driver !== 'default') process.env['VK_ICD_FILENAMES'] = driver;
    const gpu = connect();
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }); // the backend asks for the same one
    if (adapter) return { gpu, adapter };
  }
  throw new UserError(
    'WebGPU finds no adapter: install a Vulkan driver for your GPU (or Chromium, whose SwiftShader serves for correctness).',
  );
}

/** What to try: the system's own drivers, then software. Without any driver of its own the system is not asked, for Dawn complains loudly. */
function listDrivers(): string[] {
  const software = findSoftwareDriver();
  const told = vulkanVariables.some((name) => process.env[name] !== undefined);
  if (told || software === undefined) return ['default'];
  return findDriverFolders().length > 0 ? ['default', software] : [software];
}

/**
 * Dawn asks for the Vulkan loader by name. Where the system has none, Chromium's is loaded first and answers to that name.
 * `process.dlopen` throws because a loader is no addon of Node, but RTLD_NODELETE keeps what it has loaded.
 */
function loadVulkan(): void {
  if (process.platform !== 'linux') return;
  const driver = findSoftwareDriver();
  const places = ['libvulkan.so.1', ...(driver === undefined ? [] : [join(dirname(driver), 'libvulkan.so.1')])];
  const keep = 0x1000; // RTLD_NODELETE of Linux's dlfcn.h, which Node does not name
  for (const place of places) {
    try {
      process.dlopen({ exports: {} }, place, constants.dlopen.RTLD_NOW | keep);
    } catch (error) {
      if (!messageOf(error).includes('cannot open shared object')) return; // loaded, only not an addon
    }
  }
}

/** Node 20 has no `navigator`; later ones have one without `gpu`. */
function publish(gpu: Gpu): void {
  if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  const { navigator } = globalThis as unknown as { navigator: object };
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
}

/** A processor that plays GPU is never called one: its speed says nothing about GPUs. */
export function kindOf(info: AdapterInfo): DeviceKind {
  const software = /swiftshader|llvmpipe|lavapipe|softpipe|microsoft basic render|warp/i;
  const words = [info.vendor, info.architecture, info.description].join(' ');
  return info.isFallbackAdapter === true || software.test(words) ? 'software' : 'gpu';
}

function describe(info: AdapterInfo): string {
  const words = [info.vendor, info.architecture, info.description].filter((word) => word !== '');
  return words.length > 0 ? words.join(' ') : 'an adapter without a name';
}
