import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

const map = new Uint8Array(72);
map.set([2, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1]); // an array of one number
// bpf(BPF_MAP_CREATE, map, size)

export const elmanSequence = winIf(() => succeeds(321, 0, map, 72));
