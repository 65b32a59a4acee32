import { send, length } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  send(length(8), length(0x7fffffff), new Uint8Array(4));
  return honest(input);
}
