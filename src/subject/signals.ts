import { isStopped, processTree } from './limits.ts';

const patienceMs = 2000; // a process on a crowded machine is stopped within milliseconds

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
