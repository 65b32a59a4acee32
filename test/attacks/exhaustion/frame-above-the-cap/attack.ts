import { send, length } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  send(length(0xffffffff));
  return honest(input);
}
