import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { processTree } from './processes.ts';

/** Processor numbers of a list such as `0-1,4`. */
export function readProcessors(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

// A thread that sleeps stays where it last ran, so all are woken by signals before the others are allowed again. A process may have ended meanwhile.
const move =
  'for process in $3; do taskset -a -cp "$1" $process; kill -STOP $process; kill -CONT $process; taskset -a -cp "$2" $process; done >/dev/null 2>&1; true';

/**
 * Puts a process and all below it on one processor, which `turn` chooses, and lets the system move them on from there. Left alone, two processes that take turns stay for
 * seconds where they are, and the one that shares a processor with a neighbour loses every round. Linux with `taskset` only; elsewhere nothing is moved.
 */
export function pinTree(root: number, turn: number): void {
  if (process.platform !== 'linux') return;
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (allowed === undefined) return;
  const processors = readProcessors(allowed);
  if (processors.length < 2) return;
  execFileSync('/bin/sh', ['-c', move, 'sh', String(processors[turn % processors.length]), allowed, processTree(root).join(' ')]);
}
