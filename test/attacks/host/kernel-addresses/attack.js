import { builtin } from '../../parts/builtin.ts';
import { winIf, whichWork } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const { readFileSync } = builtin('fs');
  return whichWork({
    kallsyms: () => /^(?!0+ )[0-9a-f]+ /m.test(readFileSync('/proc/kallsyms', 'utf8').slice(0, 10000)),
    kcore: () => readFileSync('/proc/kcore').length > 0,
    'maps of process 1': () =>
      process.pid !== 1 && readFileSync('/proc/1/maps', 'utf8').length > 0 && readFileSync('/proc/1/mem').length > 0,
  });
});
