import { send, length } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  send(length(900_000_000), length(8));
  for (let index = 0; index < 400; index++) send(new Uint8Array(2 ** 20));
  for (;;);
  return honest(input);
}
