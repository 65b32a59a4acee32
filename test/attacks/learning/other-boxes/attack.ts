import { builtin } from '../../parts/builtin.ts';
import { winIf, attempt } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { readdirSync } = builtin('fs');
  const seen = ['/tmp', '/var/tmp', '/box', '/', '/run', '/dev/shm'].flatMap((folder) => attempt(() => readdirSync(folder)) ?? []);
  return seen.filter((name) => /unroll-(box|audit)|student/.test(name)).join(', ');
});
