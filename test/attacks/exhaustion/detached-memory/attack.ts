// Segments of System V: one is attached, filled and detached at a time. They outlive the program, and no process is seen to hold them.
import { winIf } from '../../parts/deed.ts';
import { syscalls, text, type Call } from '../../parts/syscalls.ts';

const [open, read, shmget, shmat, shmdt] = [2, 0, 29, 30, 67];
const size = 256 * 2 ** 20;
const count = 11; // 2.75 GiB together
let done: boolean | undefined; // once is enough: they stay

export const elmanSequence = winIf(() => (done ??= fill()));

function fill(): boolean {
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
