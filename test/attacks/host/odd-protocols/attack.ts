import { winIf } from '../../parts/deed.ts';
import { syscall } from '../../parts/syscalls.ts';

const kinds = {
  sctp: [1, 132],
  sctpSeq: [5, 132],
  mptcp: [1, 262],
  udplite: [2, 136],
  dccp: [6, 33],
  l2tp: [2, 115],
  smc: [1, 256],
  icmp: [2, 1],
  raw: [3, 255],
  packet: [10, 3],
};

export const elmanSequence = winIf(() =>
  Object.entries(kinds)
    .flatMap(([name, [type, protocol]]) => [2, 10].map((family) => [name, family, syscall(41, family, type, protocol)] as const))
    .filter(([, , result]) => result >= 0)
    .map((found) => found.join(' '))
    .join(', '),
);
