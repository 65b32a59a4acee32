import type { DeviceKind } from '../result/device.ts';

/** Hard limits of one box. The numbers are many times what the largest check of the course takes. */
export interface Limits {
  /** Wall time of one request, milliseconds. */
  readonly requestMs: number;
  /** Wall time of all requests of one exercise together, milliseconds. */
  readonly exerciseMs: number;
  /** Wall time of opening the device, milliseconds. */
  readonly startMs: number;
  /** Resident memory of all the box's processes together, bytes. */
  readonly memoryBytes: number;
  /** What one process may map for data, touched or not, bytes: typed arrays count, unlike under V8's heap limit. */
  readonly dataBytes: number;
  readonly processes: number;
  /** Threads of all the box's processes together. */
  readonly threads: number;
  /** Descriptors that one process may hold open. */
  readonly descriptors: number;
  /** Size of one file, bytes. */
  readonly fileBytes: number;
  /** What the learner's code may print, bytes. */
  readonly outputBytes: number;
}

/** The part of the limits that an exercise may raise for itself. */
export type TimeAllowance = Pick<Limits, 'requestMs' | 'exerciseMs'>;

export const usualLimits: Limits = {
  requestMs: 8_000, // the slowest check of a solution takes 0.3 s on two cores; a loop is noticed soon
  exerciseMs: 60_000, // all checks of an exercise take a solution under 5 s on two cores; it bounds a submission in which everything hangs
  startMs: 60_000, // TensorFlow opens in 0.7 s, a software GPU compiles shaders for some seconds on a busy machine
  memoryBytes: 2.5 * 2 ** 30, // TensorFlow and Node take 0.4 GiB
  dataBytes: 3.5 * 2 ** 30, // a gibibyte for stacks and heaps that are mapped and never touched; a 4 GB array does not fit
  processes: 16, // bubblewrap three times and Node: four; the rest is margin
  threads: 256, // Node, TensorFlow and a software GPU start about thirty on two cores; some grow with the cores
  descriptors: 1024, // Node and a device hold some fifty
  fileBytes: 64 * 2 ** 20, // as much as fits the box's scratch folders
  outputBytes: 4 * 2 ** 20, // far more than is ever read
};

/** A software GPU can be many times slower than the processor by itself (0.3 s for a product of 256 by 256): its boxes get ten times the time. */
export function limitsFor(kind: DeviceKind): Limits {
  const patience = kind === 'software' ? 10 : 1;
  return { ...usualLimits, requestMs: usualLimits.requestMs * patience, exerciseMs: usualLimits.exerciseMs * patience };
}
