import { send } from '../../parts/channel.ts';
export function elmanSequence(_input) {
  for (;;) send(new Uint8Array(2 ** 16));
}
