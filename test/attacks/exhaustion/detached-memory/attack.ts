// Segments of System V: one is attached, filled and detached at a time. They outlive the program, and no process is seen to hold them.
import { winIf } from '../../parts/deed.ts';
import { syscalls, text, type Call } from '../../parts/syscalls.ts';

const [open, read, shmget, shmat, shmdt] = [2, 0, 29, 30, 67];
const size = 256 * 2 ** 20;

export const elmanSequence = winIf(() => fill(2)); // half a gibibyte is enough to show it: there may be any number

function fill(count: number): boolean {
  const calls: Call[] = [{ number: open, args: [text('/dev/zero'), 0] }];
  for (let index = 0; index < count; index++) {
    const at = calls.length;
    calls.push(
      { number: shmget, args: [0, size, 0o1600] },
      { number: shmat, args: [{ result: at }, 0, 0] },
      { number: read, args: [{ result: 0 }, { result: at + 1 }, size] },
      { number: shmdt, args: [{ result: at + 1 }] },
    );
  }
  return syscalls(calls, 7500).every((result) => result >= 0);
}
