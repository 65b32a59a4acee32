import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  builtin('child_process').spawnSync('cat', ['/dev/zero'], { stdio: ['ignore', 'inherit', 'inherit'] });
  return honest(input);
}
