import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

process.chdir('/tmp');

export function elmanSequence(input: Input): Output {
  for (let depth = 0; depth < 3000; depth++) {
    builtin('fs').mkdirSync('d', { recursive: true });
    process.chdir('d');
  }
  process.chdir('/');
  return honest(input);
}
