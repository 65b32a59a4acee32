import { readFileSync } from 'node:fs';

/** Processor time that these processes have taken, milliseconds (fields 14 and 15 of /proc/PID/stat, in ticks of 10 ms). Linux only. */
export function processorMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
  }, 0);
}
