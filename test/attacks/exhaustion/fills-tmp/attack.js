import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';
export const elmanSequence = winIf(() => {
  const { openSync, writeSync } = builtin('fs');
  const file = openSync('/tmp/unroll-attack-fill', 'w');
  const part = new Uint8Array(2 ** 20).fill(1);
  for (let index = 0; index < 600; index++) writeSync(file, part); // MiB
  return true;
});
