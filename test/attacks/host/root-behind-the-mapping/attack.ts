import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { chmodSync, statSync } = builtin('fs');
  chmodSync('/dev/null', statSync('/dev/null').mode); // the host's own file, given the mode that it has: only its owner, root of the host, may
  return true;
});
