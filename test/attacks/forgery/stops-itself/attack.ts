import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  process.kill(process.pid, 'SIGSTOP');
  return honest(input);
}
