// Segments of System V: one is attached, filled and detached at a time. They outlive the program, and no process is seen to hold them.
import { winIf } from '../../parts/deed.ts';
import { syscalls, type Call } from '../../parts/syscalls.ts';

const [madvise, shmget, shmat, shmdt] = [28, 29, 30, 67];
const populateWrite = 23; // MADV_POPULATE_WRITE
const size = 256 * 2 ** 20;

export const elmanSequence = winIf(() => fill(2)); // half a gibibyte is enough to show it: there may be any number

function fill(count: number): boolean {
  const calls: Call[] = [];
  for (let index = 0; index < count; index++) {
    const at = calls.length;
    calls.push(
      { number: shmget, args: [0, size, 0o1600] },
      { number: shmat, args: [{ result: at }, 0, 0] },
      { number: madvise, args: [{ result: at + 1 }, size, populateWrite] },
      { number: shmdt, args: [{ result: at + 1 }] },
    );
  }
  return syscalls(calls, 7500).every((result) => result >= 0);
}
