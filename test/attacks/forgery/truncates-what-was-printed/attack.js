import { builtin } from '../../parts/builtin.ts';
import { attempt } from '../../parts/deed.ts';
import { honest } from '../../parts/elman.ts';
let calls = 0;
export function elmanSequence(input) {
  if (calls++ % 2 === 0) console.log('x'.repeat(1000));
  else attempt(() => builtin('fs').ftruncateSync(1, 0));
  return honest(input);
}
