import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

// unshare(CLONE_NEWUSER)

export const elmanSequence = winIf(() => succeeds(272, 0x10000000));
