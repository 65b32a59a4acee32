import { winIf, whichWork } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';
export const elmanSequence = winIf(() =>
  whichWork(
    Object.fromEntries(
      Object.entries({ packet: 17, alg: 38, key: 15, rds: 21, tipc: 30, bluetooth: 31, can: 29, xdp: 44, smc: 43 }).map(
        ([name, family]) => [name, () => succeeds(41, family, 3, 0) || succeeds(41, family, 5, 0) || succeeds(41, family, 1, 0)],
      ),
    ),
  ),
);
