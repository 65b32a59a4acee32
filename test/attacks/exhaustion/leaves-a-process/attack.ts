import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  builtin('child_process').spawn('/bin/sh', ['-c', '(sleep 600; : unroll-attack) &'], { detached: true, stdio: 'ignore' }).unref();
  return honest(input);
}
