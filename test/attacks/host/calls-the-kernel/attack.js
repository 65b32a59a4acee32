import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';
// getpid()
export const elmanSequence = winIf(() => succeeds(39));
