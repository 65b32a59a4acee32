// As `shared-memory-let-go`, by the file that is nothing but zeros: mapped and shared it is memory too, and the kernel is asked for a file.
import { winIf } from '../../parts/deed.ts';
import { syscalls, text, type Call } from '../../parts/syscalls.ts';

const [open, mmap, madvise] = [2, 9, 28];
const [readWrite, shared, dontNeed, populateWrite] = [3, 1, 4, 23];
const size = 256 * 2 ** 20; // enough to show it: there may be any number

export const elmanSequence = winIf(() => {
  const calls: Call[] = [
    { number: open, args: [text('/dev/zero'), 2] },
    { number: mmap, args: [0, size, readWrite, shared, { result: 0 }, 0] },
    { number: madvise, args: [{ result: 1 }, size, populateWrite] },
    { number: madvise, args: [{ result: 1 }, size, dontNeed] },
  ];
  return syscalls(calls, 7500).every((result) => result >= 0);
});
