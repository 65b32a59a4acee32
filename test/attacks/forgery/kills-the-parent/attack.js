import { bait } from '../../parts/bait.ts';
import { winIf, whichWork } from '../../parts/deed.ts';
export const elmanSequence = winIf(() =>
  whichWork({
    parent: () => process.kill(process.ppid, 'SIGKILL') && process.ppid > 1 && false,
    judge: () => process.kill(bait.judgePid, 'SIGKILL'),
  }),
);
