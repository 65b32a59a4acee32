import { winIf } from '../../parts/deed.ts';
import { succeeds, text } from '../../parts/syscalls.ts';
export const elmanSequence = winIf(() => succeeds(161, text('/tmp')));
