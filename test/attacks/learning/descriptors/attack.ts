import { builtin } from '../../parts/builtin.ts';
import { winIf, attempt } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { readdirSync, readlinkSync } = builtin('fs');
  const links = readdirSync('/proc/self/fd').map((name) => `${name} ${attempt(() => readlinkSync(`/proc/self/fd/${name}`)) ?? ''}`);
  const foreign = links.filter(
    (link) => !/^\d+ ($|\/dev\/null|socket:|pipe:|anon_inode:|\/proc\/|\/box\/|\/dev\/(u?random|zero))/.test(link),
  );
  return foreign.join(', ');
});
