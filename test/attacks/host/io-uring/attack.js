import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';
// io_uring_setup(8, params)
export const elmanSequence = winIf(() => succeeds(425, 8, new Uint8Array(120)));
