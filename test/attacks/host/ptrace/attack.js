import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';
// ptrace(PTRACE_TRACEME)
export const elmanSequence = winIf(() => succeeds(101, 0));
