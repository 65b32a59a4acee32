import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';
// userfaultfd(UFFD_USER_MODE_ONLY)
export const elmanSequence = winIf(() => succeeds(323, 1));
