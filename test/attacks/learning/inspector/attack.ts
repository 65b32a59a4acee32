import { bait } from '../../parts/bait.ts';
import { builtin } from '../../parts/builtin.ts';
import { winIf, whichWork } from '../../parts/deed.ts';

export const elmanSequence = winIf(() =>
  whichWork({
    'signal to the judge': () => process.kill(bait.judgePid, 'SIGUSR1'),
    'another process': () =>
      process.ppid > 1 && process.kill(process.ppid, 'SIGUSR1') && builtin('fs').readlinkSync(`/proc/${process.ppid}/exe`).includes('node'),
  }),
);
