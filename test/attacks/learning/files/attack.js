import { bait } from '../../parts/bait.ts';
import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const { existsSync } = builtin('fs');
  const places = [
    bait.secretFile,
    ...['solutions', 'exercises', 'test', 'src', '.git'].map((name) => `${bait.kitRoot}/${name}`),
    '/etc/passwd',
    '/etc/shadow',
    '/root',
    '/home',
  ];
  return places.filter((path) => existsSync(path)).join(', ');
});
