import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import util from 'node:util';

import { messageOf, UserError } from '../errors.ts';
import { type Opened, setBackend } from './backend.ts';
import type { DeviceName } from '../result/device.ts';
import type { OpenDevice, Tensors } from './device.ts';
import { openWebgpu } from './webgpu.ts';

const openers: Record<DeviceName, (tf: Tensors) => Promise<Opened>> = {
  tensorflow: openTensorFlow,
  webgpu: openWebgpu,
  wasm: openWasm,
  cpu: openCpu,
};

/**
 * Sets `name` as the backend of the one TensorFlow.js of this process. The packages are imported by name at run time, so this
 * file can be bundled into the driver of the box, where nothing of the kit is in sight.
 * Throws a `UserError` that says why the device cannot serve.
 */
export async function openDevice(name: DeviceName): Promise<OpenDevice> {
  const tf: Tensors = await import('@tensorflow/tfjs');
  silenceGreeting(tf);
  try {
    const { close, ...facts } = await openers[name](tf);
    return {
      tf,
      report: { name, usable: true, ...facts },
      async close() {
        close?.();
      },
    };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`The device ${name} does not open: ${firstLine(messageOf(error))}`, { cause: error });
  }
}

async function openTensorFlow(tf: Tensors): Promise<Opened> {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3'; // 3: fatal only; what goes wrong with a tensor comes as a thrown error anyway
  restoreIsNullOrUndefined();
  try {
    await import('@tensorflow/tfjs-node-gpu');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND')
      throw new UserError('TensorFlow is left out of a bundle: name another device.', { cause: error });
    throw new UserError(`TensorFlow's library does not load (${firstLine(messageOf(error))}): run \`npx unroll setup\`.`, { cause: error });
  }
  await setBackend(tf, 'tensorflow');
  const backend = tf.backend() as unknown as { isUsingGpuDevice: boolean; binding: { TF_Version: string } };
  const version = backend.binding.TF_Version;
  if (backend.isUsingGpuDevice) return { kind: 'gpu', version, reason: `TensorFlow ${version} sees a GPU.` };
  return { kind: 'cpu', version, reason: `TensorFlow ${version} sees no GPU and computes on the processor.` };
}

async function openWasm(tf: Tensors): Promise<Opened> {
  const { version_wasm: version, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`); // bundled, it would look beside the bundle
  await setBackend(tf, 'wasm');
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  return { kind: 'cpu', version, reason: `WebAssembly ${simd ? 'with' : 'without'} SIMD, one thread: TensorFlow.js has no more in Node.` };
}

async function openCpu(tf: Tensors): Promise<Opened> {
  await setBackend(tf, 'cpu');
  return { kind: 'cpu', version: tf.version['tfjs-backend-cpu'], reason: 'Plain JavaScript: always there, and the slowest.' };
}

/** Node 23 removed this function and Node 22 warns of it; tfjs-node 4.22.0 still calls it. */
function restoreIsNullOrUndefined(): void {
  const value = (thing: unknown): boolean => thing === null || thing === undefined;
  Object.defineProperty(util, 'isNullOrUndefined', { value, configurable: true, writable: true });
}

/** The CPU backend greets at its first tensor with advice that does not hold here. `PROD` would silence it and real checks too. */
function silenceGreeting(tf: Tensors): void {
  const cpu: unknown = tf.findBackend('cpu');
  if (typeof cpu === 'object' && cpu !== null) Object.assign(cpu, { firstUse: false });
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
