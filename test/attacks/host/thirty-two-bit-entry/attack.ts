import { winIf } from '../../parts/deed.ts';
import { syscalls } from '../../parts/syscalls.ts';

// io_uring_setup(8, params)

export const elmanSequence = winIf(() => syscalls([{ number: 425, args: [8, new Uint8Array(120)], by: 'int80' }])[0] >= 0);
