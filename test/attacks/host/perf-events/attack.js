import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';
const attributes = new Uint8Array(120);
attributes.set([1, 0, 0, 0, 120]); // a counter in software, and the size of this
// perf_event_open(attributes, this process, any processor, no group, no flags)
export const elmanSequence = winIf(() => succeeds(298, attributes, 0, -1, -1, 0));
