import { send, length } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  send(length(900000000), length(8));
  for (let index = 0; index < 400; index++) send(new Uint8Array(2 ** 20));
  for (;;);
  return honest(input);
}
