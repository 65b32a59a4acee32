import { builtin } from '../../parts/builtin.ts';
import { winIf, whichWork } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const { readFileSync, writeFileSync } = builtin('fs');
  const paths = [
    '/proc/sys/vm/overcommit_memory',
    '/proc/sys/net/ipv4/ip_forward',
    '/proc/sys/fs/suid_dumpable',
    '/sys/kernel/uevent_helper',
    '/sys/fs/cgroup/cgroup.procs',
    '/sys/fs/cgroup/memory.max',
    '/proc/sys/user/max_user_namespaces',
  ];
  const own = (path) => {
    writeFileSync(path, readFileSync(path)); // its own value back: nothing of the machine is changed
    return true;
  };
  return whichWork(Object.fromEntries(paths.map((path) => [path, () => own(path)])));
});
