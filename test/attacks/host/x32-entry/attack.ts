import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

// io_uring_setup(8, params), ptrace(PTRACE_TRACEME)

export const elmanSequence = winIf(() => succeeds(0x40000000 + 425, 8, new Uint8Array(120)) || succeeds(0x40000000 + 101, 0));
