import { readdirSync, readFileSync, statSync, writeFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';

import { processTree } from '../box/processes.ts';
import { kitRoot } from '../course/places.ts';

/** How much a judge took of its machine. Linux only: elsewhere memory is not measured. */

export const mostMemoryBytes = 64 * 2 ** 20; // beyond what honest work takes: the collector's own ups and downs are half of it
export const mostDiskBytes = 64 * 2 ** 20; // twice what a box may print before it is ended
const everyMs = 100; // a disk fills by some 0.2 GiB in it; the kernel itself keeps the peak of memory

export interface Growth {
  /** Largest resident set of the judge and of what it started outside of a box, bytes. */
  readonly memoryBytes: number;
  /** Most of the disk that its folders and open files took, bytes. */
  readonly diskBytes: number;
}

/** Watches this process and its folders from the start to the end of one grading. */
export class GrowthWatch {
  readonly #folders: readonly string[];
  readonly #timer: NodeJS.Timeout;
  #diskBytes = 0;
  /** Peaks of processes by their id: one may have ended since. */
  readonly #peaks = new Map<number, number>();

  constructor(folders: readonly string[]) {
    this.#folders = folders;
    (globalThis as { gc?: () => void }).gc?.();
    for (const pid of judgeProcesses()) resetPeak(pid);
    this.#look();
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  end(): Growth {
    clearInterval(this.#timer);
    this.#look();
    return { memoryBytes: [...this.#peaks.values()].reduce((sum, bytes) => sum + bytes, 0), diskBytes: this.#diskBytes };
  }

  #look(): void {
    for (const pid of judgeProcesses()) this.#peaks.set(pid, Math.max(this.#peaks.get(pid) ?? 0, peakBytes(pid)));
    this.#diskBytes = Math.max(this.#diskBytes, diskBytes(this.#folders));
  }
}

/** This process and those below it that stand behind no wall, but for a copy of this one that has not become another program yet. */
function judgeProcesses(): number[] {
  if (process.platform !== 'linux') return [];
  const own = commandOf(process.pid);
  const walled = new Set(
    processTree(process.pid)
      .filter((pid) => /\bbwrap\b/.test(commandOf(pid)) || (pid !== process.pid && commandOf(pid) === own))
      .flatMap(processTree),
  );
  return processTree(process.pid).filter((pid) => !walled.has(pid));
}

const commandOf = (pid: number) => readOr(`/proc/${pid}/cmdline`);

/** Makes the kernel forget the peak of a process; where it will not, the peak stays, and growth shows less. */
function resetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    return; // it ended, or this kernel keeps no such file
  }
}

const peakBytes = (pid: number) => 1024 * Number(/^VmHWM:\s*(\d+) kB/m.exec(readOr(`/proc/${pid}/status`))?.[1] ?? 0);

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process ended while we looked
  }
}

/** Blocks of all files below these folders and of those that this process holds open, each counted once, bytes. */
function diskBytes(folders: readonly string[]): number {
  const seen = new Map<string, number>();
  const count = (stat: Stats | undefined) => {
    if (stat?.isFile() === true) seen.set(`${stat.dev}:${stat.ino}`, stat.blocks * 512);
  };
  for (const folder of folders) for (const path of filesBelow(folder)) count(statOr(path));
  for (const name of namesOr('/proc/self/fd')) count(statOr(`/proc/self/fd/${name}`));
  return [...seen.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
  } catch {
    return []; // it was cleared away while we looked
  }
}

const statOr = (path: string) => {
  try {
    return statSync(path);
  } catch {
    return undefined; // closed or removed while we looked
  }
};

function namesOr(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no /proc here
  }
}

/** Folders that a judge with this temporary folder may write to. */
export const judgeFolders = (temporary: string) => [
  temporary,
  join(kitRoot, 'reports/out'),
  join(kitRoot, 'node_modules/.vite'),
  join(kitRoot, 'node_modules/.vitest'),
];
