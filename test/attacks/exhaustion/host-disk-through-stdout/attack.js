import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const { spawnSync } = builtin('child_process');
  return spawnSync('fallocate', ['-n', '-l', '400M', '/proc/self/fd/1'], { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
});
