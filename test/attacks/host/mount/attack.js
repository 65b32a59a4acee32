import { winIf } from '../../parts/deed.ts';
import { succeeds, text } from '../../parts/syscalls.ts';
export const elmanSequence = winIf(() => succeeds(165, text('none'), text('/tmp'), text('tmpfs'), 0, text('')));
