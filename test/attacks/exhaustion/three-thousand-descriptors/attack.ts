import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  for (let index = 0; index < 3000; index++) builtin('fs').openSync('/dev/null', 'r');
  return true;
});
