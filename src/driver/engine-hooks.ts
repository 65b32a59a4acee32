import type { Tensor } from '@tensorflow/tfjs';

import type { Tensors } from '../device/device.ts';
import type { TensorData } from '../wire/tensor.ts';

export type Kernel = (name: string, inputs: object, attributes?: object) => Tensor | Tensor[];

/** What a recording is told, in the order in which it happens. */
export interface Recorder {
  /** A kernel ran, and was called by no other. */
  ran(kernel: string, inputs: object, attributes: object, made: Tensor | Tensor[]): void;
  /** TensorFlow.js saved a tensor for a gradient while a kernel ran. */
  cloned(from: Tensor, made: Tensor): void;
  /** A tensor came to be outside of any kernel: from numbers of the host, or as a variable. */
  made(tensor: Tensor): void;
  /** A tensor is about to end; within a kernel it may be one that the kernel made for itself. */
  ends(tensor: Tensor, withinKernel: boolean): void;
}

/** Tells one recorder at a time what an engine does; none when given `undefined`. */
export interface Hooks {
  /** The numbers of a tensor, read as the device reads them before a learner could put another function there. */
  readonly readSync: (dataId: object) => TensorData;
  record(recorder: Recorder | undefined): void;
}

/** The methods of the engine of TensorFlow.js 4.22 that every kernel, every new tensor and every tensor's end pass through. */
interface Engine {
  runKernel: Kernel;
  trackTensor(tensor: Tensor, backend: unknown): void;
  disposeTensor(tensor: Tensor): void;
}

const known = new WeakMap<object, Hooks>();
const place = Symbol.for('unroll.engine-hooks');

/**
 * Puts hooks into the engine of this process for good, or gives those that are there. They are always on, and whether they record is held where
 * no other code reaches, so a pass cannot see whether it is recorded; nor can it replace them. To be called before any learner's code is loaded.
 * With `shared` the hooks are also found by another copy of this module, as vitest makes one for each file of a learner's tests; never in a box.
 */
export function installHooks(tf: Tensors, shared = false): Hooks {
  const engine = tf.engine() as unknown as Engine;
  const copies = globalThis as unknown as Record<symbol, WeakMap<object, Hooks> | undefined>;
  const hooks = known.get(engine) ?? (shared ? copies[place]?.get(engine) : undefined) ?? hook(engine, tf.backend());
  known.set(engine, hooks);
  if (shared) (copies[place] ??= new WeakMap()).set(engine, hooks);
  return hooks;
}

function hook(engine: Engine, backend: ReturnType<Tensors['backend']>): Hooks {
  const runKernel = engine.runKernel.bind(engine); // bound, like the next: a call of them looks nothing up that a learner could have replaced
  const trackTensor = engine.trackTensor.bind(engine);
  const disposeTensor = engine.disposeTensor.bind(engine);
  let recorder: Recorder | undefined;
  let depth = 0; // of kernels that run kernels
  seal(engine, 'runKernel', (name, inputs, attributes) => {
    if (depth > 0) {
      const made = runKernel(name, inputs, attributes);
      if (name === 'Identity') recorder?.cloned((inputs as { x: Tensor }).x, made as Tensor);
      return made;
    }
    depth++;
    let made: Tensor | Tensor[];
    try {
      made = runKernel(name, inputs, attributes);
    } finally {
      depth--;
    }
    recorder?.ran(name, inputs, attributes ?? {}, made);
    return made;
  });
  seal(engine, 'trackTensor', (tensor, backend) => {
    trackTensor(tensor, backend);
    if (depth === 0) recorder?.made(tensor);
  });
  seal(engine, 'disposeTensor', (tensor) => {
    recorder?.ends(tensor, depth > 0);
    disposeTensor(tensor);
  });
  if ('hasReadSyncWarned' in backend) backend.hasReadSyncWarned = true; // WebGPU's: the kit reads a few constants so, and the learner is not to be told
  return { record: (next) => void (recorder = next), readSync: backend.readSync.bind(backend) as Hooks['readSync'] };
}

function seal<Name extends keyof Engine>(engine: Engine, name: Name, value: Engine[Name]): void {
  Object.defineProperty(engine, name, { value, writable: false, configurable: false });
}
