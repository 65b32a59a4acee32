import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

// socket(AF_VSOCK, SOCK_STREAM, 0)

export const elmanSequence = winIf(() => succeeds(41, 40, 1, 0));
