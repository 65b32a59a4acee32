import { builtin } from '../../parts/builtin.ts';
import { winIf } from '../../parts/deed.ts';

export const elmanSequence = winIf(() => {
  const { closeSync, openSync } = builtin('fs');
  for (let index = 0; index < 400_000; index++) closeSync(openSync(`/tmp/unroll-attack-${index}`, 'w'));
  return true;
});
