import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

// syslog(SYSLOG_ACTION_READ_ALL, buffer, length)

export const elmanSequence = winIf(() => succeeds(103, 3, new Uint8Array(4096), 4096));
