// Memory that processes share and that has no file: what was written stays where who wrote it lets go of its pages, and no process is seen to hold them.
import { winIf } from '../../parts/deed.ts';
import { syscalls, type Call } from '../../parts/syscalls.ts';

const [mmap, madvise] = [9, 28];
const [readWrite, sharedAnonymous, dontNeed, populateWrite] = [3, 0x21, 4, 23];
const size = 256 * 2 ** 20; // enough to show it: there may be any number

export const elmanSequence = winIf(() => {
  const calls = Array.from({ length: 2 }, (_, index): Call[] => [
    { number: mmap, args: [0, size, readWrite, sharedAnonymous, -1, 0] },
    { number: madvise, args: [{ result: 3 * index }, size, populateWrite] },
    { number: madvise, args: [{ result: 3 * index }, size, dontNeed] },
  ]).flat();
  return syscalls(calls, 7500).every((result) => result >= 0);
});
