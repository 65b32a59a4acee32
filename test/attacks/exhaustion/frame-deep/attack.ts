import { sendFrame } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  sendFrame('["a",['.repeat(100_000) + ']]'.repeat(100_000));
  return honest(input);
}
