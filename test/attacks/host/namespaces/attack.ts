import { winIf, whichWork } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

export const elmanSequence = winIf(() =>
  whichWork(
    Object.fromEntries(
      Object.entries({
        mount: 0x20000,
        cgroup: 0x2000000,
        uts: 0x4000000,
        ipc: 0x8000000,
        user: 0x10000000,
        pid: 0x20000000,
        net: 0x40000000,
      }).map(([name, flag]) => [name, () => succeeds(272, flag)]),
    ),
  ),
);
