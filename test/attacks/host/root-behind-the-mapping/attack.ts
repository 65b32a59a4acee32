import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const [inside, outside] = builtin('fs').readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/);
  return outside === '0' && inside !== '0' ? 'root' : '';
});
