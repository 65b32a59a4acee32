import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const patienceMs = 2000; // a process on a crowded machine is stopped within milliseconds
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

/** Threads of these processes together. */
export function countThreads(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + tasksOf(pid).length, 0);
}

/** Resident memory of these processes, bytes. */
export function residentBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + Number(readOr(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * pageBytes, 0);
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

/** Sends a signal to a process that may be gone. */
export function signal(pid: number, what: NodeJS.Signals): void {
  try {
    process.kill(pid, what);
  } catch {
    return; // already gone
  }
}

/**
 * Stops a process and all below it, again until all stand still in two looks on end: one that was not stopped yet may have woken another. False where they never do.
 */
export function stopTree(root: number): boolean {
  const end = performance.now() + patienceMs;
  for (let still = 0; still < 2;) {
    const all = processTree(root);
    still = all.every(isStopped) ? still + 1 : 0;
    if (still === 0) for (const pid of all) signal(pid, 'SIGSTOP');
    if (performance.now() > end) return false;
  }
  return true;
}

/** Lets a stopped process and all below it go on. */
export function continueTree(root: number): void {
  for (const pid of processTree(root)) signal(pid, 'SIGCONT');
}

/** Folders called `PREFIX-PID-...` whose grader is gone: one that was killed could not clear away after itself. Linux only: elsewhere there is no /proc to ask. */
export function findLeftovers(parent: string, prefix: string): string[] {
  if (process.platform !== 'linux') return [];
  const owned = new RegExp(`^${prefix}-(\\d+)-`);
  return readdirSync(parent)
    .filter((name) => {
      const grader = owned.exec(name)?.[1];
      return grader !== undefined && !existsSync(`/proc/${grader}`);
    })
    .map((name) => join(parent, name));
}
