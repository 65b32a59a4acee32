// Sets of semaphores of System V: each takes two mebibytes of the kernel, and no process is seen to hold them.
import { winIf } from '../../parts/deed.ts';
import { syscalls } from '../../parts/syscalls.ts';

const semget = 64;
const most = 32_000; // semaphores of one set

const sets = 100; // enough to show it: there may be 32,000

export const elmanSequence = winIf(() =>
  syscalls(
    Array.from({ length: sets }, () => ({ number: semget, args: [0, most, 0o1600] })),
    7000,
  ).every((result) => result >= 0),
);
