import { winIf } from '../../parts/deed.ts';
import { syscall } from '../../parts/syscalls.ts';

const families = {
  appletalk: 5,
  x25: 9,
  netlink: 16,
  packet: 17,
  rds: 21,
  tipc: 30,
  bluetooth: 31,
  alg: 38,
  vsock: 40,
  kcm: 41,
  smc: 43,
  xdp: 44,
};

// Refused by the filter is EAFNOSUPPORT (97) or EPERM (1); anything else came from the family's own code.
export const elmanSequence = winIf(() => {
  const list = Object.entries(families)
    .flatMap(([name, family]) => [1, 2, 3, 4, 5].map((type) => [name, type, syscall(53, family, type, 0, new Uint8Array(8))] as const))
    .filter(([, , result]) => ![-97, -1].includes(result))
    .map((found) => found.join(' '))
    .join(', ');
  for (let at = 0; at < list.length; at += 180) console.log('LIST ' + list.slice(at, at + 180));
  return list;
});
