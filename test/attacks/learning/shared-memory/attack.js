import { builtin } from '../../parts/builtin.ts';
import { winIf, attempt } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const { readdirSync, readFileSync } = builtin('fs');
  const tables = ['shm', 'sem', 'msg'].filter(
    (name) => (attempt(() => readFileSync(`/proc/sysvipc/${name}`, 'utf8')) ?? '').trim().split('\n').length > 1,
  );
  return [...tables, ...(attempt(() => readdirSync('/dev/shm')) ?? []), ...(attempt(() => readdirSync('/dev/mqueue')) ?? [])].join(', ');
});
