import { builtin } from '../../parts/builtin.ts';
import { winIf, whichWork } from '../../parts/deed.ts';
export const elmanSequence = winIf(() =>
  whichWork(
    Object.fromEntries(
      ['core_pattern', 'modprobe', 'hotplug', 'poweroff_cmd', 'core_pipe_limit', 'panic'].map((name) => [
        name,
        () => {
          const path = `/proc/sys/kernel/${name}`;
          const { readFileSync, writeFileSync } = builtin('fs');
          const own = readFileSync(path); // its own value back: nothing of the machine is changed
          writeFileSync(path, own);
          return true;
        },
      ]),
    ),
  ),
);
