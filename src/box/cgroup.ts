import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import type { Limits } from './limits.ts';
import { findLeftovers } from './processes.ts';

/** A control group of the kernel round one box: the only limit that no kind of memory slips past. */
export interface Cgroup {
  /** Files that a process writes its own id to, to enter. */
  readonly procsFiles: readonly string[];
  /** True once the kernel has ended a process of the group for its memory. */
  ranOutOfMemory(): boolean;
  /** Settles once the group is gone, or after a second in which some process of it does not end. */
  remove(): Promise<void>;
}

const root = '/sys/fs/cgroup';
const patienceMs = 1000; // a process of some gigabytes takes a while to give them back
let count = 0;

/** Makes a group with these limits, or `undefined` where this user may not. */
export function makeCgroup(limits: Limits): Cgroup | undefined {
  if (process.platform !== 'linux' || process.env['UNROLL_CGROUP'] === 'off') return undefined;
  try {
    return existsSync(join(root, 'cgroup.controllers')) ? unified(limits) : legacy(limits);
  } catch {
    return undefined; // no right to, or no such controller: the data limit and the resident-set watch stand alone
  }
}

function unified(limits: Limits): Cgroup {
  const folder = join(
    root,
    ownPath((fields) => fields[0] === '0'),
    nextName(),
  );
  mkdirSync(folder);
  return filled(
    [folder],
    [
      [join(folder, 'memory.max'), limits.memoryBytes],
      ...swapLimit(join(folder, 'memory.swap.max'), 0),
      [join(folder, 'pids.max'), limits.processes * threadsPerProcess],
    ],
    () => countsKill(join(folder, 'memory.events')),
  );
}

function legacy(limits: Limits): Cgroup {
  const name = nextName();
  const memory = join(
    root,
    'memory',
    ownPath((fields) => fields[1]?.split(',').includes('memory') ?? false),
    name,
  );
  const pids = join(
    root,
    'pids',
    ownPath((fields) => fields[1]?.split(',').includes('pids') ?? false),
    name,
  );
  for (const folder of [memory, pids]) mkdirSync(folder);
  return filled(
    [memory, pids],
    [
      [join(memory, 'memory.limit_in_bytes'), limits.memoryBytes],
      ...swapLimit(join(memory, 'memory.memsw.limit_in_bytes'), limits.memoryBytes),
      [join(pids, 'pids.max'), limits.processes * threadsPerProcess],
    ],
    () => countsKill(join(memory, 'memory.oom_control')),
  );
}

/** A kernel that counts no swap has no file for it. */
const swapLimit = (file: string, value: number): [string, number][] => (existsSync(file) ? [[file, value]] : []);

const threadsPerProcess = 32; // the controller counts threads: Node, TensorFlow and a software GPU start about thirty

function filled(folders: string[], values: [string, number][], ranOutOfMemory: () => boolean): Cgroup {
  for (const folder of folders) findLeftovers(dirname(folder), 'unroll').forEach(removeFolder);
  try {
    for (const [file, value] of values) writeFileSync(file, String(value));
  } catch (error) {
    folders.forEach(removeFolder);
    throw error;
  }
  const remove = async () => {
    const end = performance.now() + patienceMs;
    while (!folders.map(removeFolder).every(Boolean) && performance.now() < end) await delay(5); // ms: a process that was killed is still leaving
  };
  return { procsFiles: folders.map((folder) => join(folder, 'cgroup.procs')), ranOutOfMemory, remove };
}

function countsKill(file: string): boolean {
  try {
    return /oom_kill [1-9]/.test(readFileSync(file, 'utf8'));
  } catch {
    return false; // the group is gone
  }
}

/** True once a group's folder is gone. */
function removeFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
  } catch {
    return !existsSync(folder); // a process is still leaving it: the next grader sweeps it up
  }
  return true;
}

function ownPath(isMine: (fields: string[]) => boolean): string {
  const line = readFileSync('/proc/self/cgroup', 'utf8')
    .trim()
    .split('\n')
    .map((text) => text.split(':'))
    .find(isMine);
  return line?.[2] ?? '/';
}

function nextName(): string {
  return `unroll-${process.pid}-${count++}`;
}
