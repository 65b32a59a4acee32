import { readFileSync, readdirSync } from 'node:fs';

import type { DeviceKind } from '../device/device.ts';

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
  processes: 16, // bubblewrap twice, a shell, Node: four; the rest is margin
  outputBytes: 4 * 2 ** 20, // far more than anybody reads
};

/** A software GPU can be many times slower than the processor by itself (0.3 s for a product of 256 by 256): its boxes get ten times the time. */
export function limitsFor(kind: DeviceKind): Limits {
  const patience = kind === 'software' ? 10 : 1;
  return { ...usualLimits, requestMs: usualLimits.requestMs * patience, exerciseMs: usualLimits.exerciseMs * patience };
}

const pageBytes = 4096; // Linux on x86-64 and arm64

/** The processes below one, itself included; empty once it is gone. Linux only: elsewhere there is no /proc to read. */
export function processTree(root: number): number[] {
  const tree: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const tasks = tasksOf(pid);
    if (tasks.length === 0) continue; // gone: its number may already be another's
    tree.push(pid);
    open.push(...tasks.flatMap((task) => childrenOf(pid, task)));
  }
  return tree;
}

function childrenOf(pid: number, task: string): number[] {
  const children = readOr(`/proc/${pid}/task/${task}/children`).trim();
  return children === '' ? [] : children.split(' ').map(Number);
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // the process ended while we looked
  }
}

/** Resident memory of these processes, bytes. */
export function residentBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + Number(readOr(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * pageBytes, 0);
}

/** Processor time that these processes have taken, milliseconds (fields 14 and 15 of /proc/PID/stat, in ticks of 10 ms). */
export function processorMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const fields = readOr(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
  }, 0);
}

/** True where a process is stopped or gone. */
export function isStopped(pid: number): boolean {
  const state = readOr(`/proc/${pid}/stat`).split(') ').at(-1)?.[0] ?? '';
  return ['', 'T', 'Z', 'X'].includes(state);
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process ended while we looked
  }
}
