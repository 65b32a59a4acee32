import { bait } from '../../parts/bait.ts';
import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';
import { succeeds } from '../../parts/syscalls.ts';

const [local, remote] = [0x400000, 0x400000].map((address) => {
  const vector = new Uint8Array(16);
  new DataView(vector.buffer).setBigUint64(0, BigInt(address), true);
  new DataView(vector.buffer).setBigUint64(8, 8n, true);
  return vector;
});
// process_vm_readv(pid, into this, from there)

export const elmanSequence = winIf(() =>
  [1, process.ppid, bait.judgePid]
    .filter((pid) => pid !== process.pid)
    .some((pid) => builtin('fs').existsSync(`/proc/${pid}`) && succeeds(310, pid, local, 1, remote, 1, 0)),
);
