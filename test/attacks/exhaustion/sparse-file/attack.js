import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const { ftruncateSync, openSync } = builtin('fs');
  ftruncateSync(openSync('/tmp/unroll-attack-sparse', 'w'), 2 ** 43);
  return true;
});
