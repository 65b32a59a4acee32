import { winIf } from '../../parts/deed.ts';
import { succeeds, text } from '../../parts/syscalls.ts';
// mknod(path, S_IFCHR | 0666, makedev(1, 1))
export const elmanSequence = winIf(() => succeeds(133, text('/tmp/unroll-attack-mem'), 0o20666, 0x101));
