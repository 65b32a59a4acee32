import { processTree } from './limits.ts';

/** Sends a signal to a process that may be gone. */
export function signal(pid: number, what: NodeJS.Signals): void {
  try {
    process.kill(pid, what);
  } catch {
    return; // already gone
  }
}

/** Stops a process and all below it, again until none was started meanwhile. */
export function stopTree(root: number): void {
  for (let seen = 0, all = processTree(root); all.length > seen; all = processTree(root)) {
    seen = all.length;
    for (const pid of all) signal(pid, 'SIGSTOP');
  }
}

/** Lets a stopped process and all below it go on. */
export function continueTree(root: number): void {
  for (const pid of processTree(root)) signal(pid, 'SIGCONT');
}
