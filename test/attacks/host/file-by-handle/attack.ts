import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

const handle = new Uint8Array(16);
handle.set([8, 0, 0, 0, 1, 0, 0, 0, 2]); // inode 2: the root of most file systems
// open_by_handle_at(AT_FDCWD, handle, O_RDONLY)

export const elmanSequence = winIf(() => succeeds(304, -100, handle, 0));
