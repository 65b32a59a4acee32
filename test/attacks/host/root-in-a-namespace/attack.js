import { winIf } from '../../parts/deed.ts';
import { syscalls, text } from '../../parts/syscalls.ts';
// unshare(CLONE_NEWUSER | CLONE_NEWNS), mount
export const elmanSequence = winIf(
  () =>
    syscalls([
      { number: 272, args: [0x10020000] },
      { number: 165, args: [text('none'), text('/tmp'), text('tmpfs'), 0, text('')] },
    ])[1] >= 0,
);
