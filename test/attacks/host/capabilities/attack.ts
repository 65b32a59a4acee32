import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

export const elmanSequence = winIf(() => succeeds(157, 28, 0)); // prctl(PR_SET_SECUREBITS, 0), which takes a capability
