import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

import { z } from 'zod';

import { UserError } from '../errors.ts';
import { askChild } from './child.ts';
import { type DeviceName, deviceNames, type DeviceReport } from '../result/device.ts';
import { reportProvision } from './provisioned.ts';
import { findGpuFiles } from './vulkan.ts';

const reportShape = z.object({
  name: z.enum(deviceNames),
  usable: z.boolean(),
  kind: z.enum(['gpu', 'cpu', 'software']),
  version: z.string().nullable(),
  reason: z.string(),
});
const errorShape = z.object({ error: z.string() });

const timeLimit = 60_000; // ms: a first shader or CUDA start takes seconds; a minute without an answer is a hang

/** Opens a device in a process of its own and tries it: a crash, a hang or a missing library becomes a reason. */
export function probeDevice(name: DeviceName, limit = timeLimit): Promise<DeviceReport> {
  return probe(name, [], limit);
}

/** The same for TensorFlow with an addon that is not in its place yet. */
export function probeAddon(addon: string): Promise<DeviceReport> {
  const limit = 120_000; // ms: takes 1 s; the first start of CUDA on a slow disk takes most of a minute
  return probe('tensorflow', [addon], limit, { ...process.env, LD_BIND_NOW: '1' }); // all symbols at once: a missing one shows now and not in a lesson
}

async function probe(name: DeviceName, args: readonly string[], limit: number, env = process.env): Promise<DeviceReport> {
  const outcome = await askChild(new URL('./probe-child.ts', import.meta.url), [name, ...args], limit, env);
  if ('died' in outcome) return unusable(name, `The device ${name} was tried in a process of its own, which ${outcome.died}.`);
  const report = reportShape.safeParse(outcome.message);
  if (report.success) return report.data;
  return unusable(name, errorShape.parse(outcome.message).error);
}

/** All four, the preferred one first. At once: four processes on two cores end in 60 % of the time that one after the other takes. */
export function probeDevices(): Promise<DeviceReport[]> {
  return Promise.all(deviceNames.map((name) => probeDevice(name)));
}

/**
 * The device that will serve: the wanted one, else the first that is worth having. A device is opened anyway by the code that computes
 * on it, so nothing is tried here that files can tell: TensorFlow is believed by the stamp that `unroll setup` left after
 * trying it, `wasm` and `cpu` by being npm packages. Only WebGPU has to be tried, and only where a GPU may be.
 */
export async function chooseDevice(wanted?: DeviceName): Promise<DeviceReport> {
  if (wanted !== undefined) {
    const report = await inspectDevice(wanted);
    if (report.usable) return report;
    throw new UserError(`The device ${wanted} cannot be used. ${report.reason}`);
  }
  const tensorflow = await inspectDevice('tensorflow');
  if (tensorflow.usable) return tensorflow;
  const webgpu = mayHaveGpu() ? await inspectDevice('webgpu') : undefined;
  return webgpu?.usable && webgpu.kind === 'gpu' ? webgpu : inspectDevice('wasm');
}

/** The first that is worth having among reports already made: software that plays GPU is not. */
export function preferDevice(reports: readonly DeviceReport[]): DeviceReport {
  const first = reports.find((report) => report.usable && report.kind !== 'software');
  if (first) return first;
  throw new UserError('No device can be used: run `npm ci` again, for even plain JavaScript does not start.');
}

async function inspectDevice(name: DeviceName): Promise<DeviceReport> {
  if (name === 'webgpu') return probeDevice(name);
  if (name === 'tensorflow') return (await reportProvision()) ?? probeDevice(name);
  const { version } = z
    .object({ version: z.string() })
    .parse(createRequire(import.meta.url)(`@tensorflow/tfjs-backend-${name}/package.json`));
  const reason = name === 'wasm' ? 'WebAssembly is always there.' : 'Plain JavaScript is always there.';
  return { name, usable: true, kind: 'cpu', version, reason };
}

/** On Linux a GPU shows as a device file; elsewhere only a try tells. */
function mayHaveGpu(): boolean {
  return process.platform !== 'linux' || findGpuFiles((folder) => readdirSync(folder)).length > 0;
}

function unusable(name: DeviceName, reason: string): DeviceReport {
  return { name, usable: false, kind: name === 'webgpu' ? 'gpu' : 'cpu', version: null, reason };
}
