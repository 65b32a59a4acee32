import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

const script = '"$0" -e "setInterval(() => 0, 1000) // unroll-attack" &';

export function elmanSequence(input: Input): Output {
  builtin('child_process').spawn('/bin/sh', ['-c', script, process.execPath], { detached: true, stdio: 'ignore' }).unref();
  return honest(input);
}
