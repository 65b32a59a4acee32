import { winIf } from '../../parts/deed.ts';
import { succeeds, text } from '../../parts/syscalls.ts';
export const elmanSequence = winIf(() => succeeds(170, text('unroll-attack'), 13));
