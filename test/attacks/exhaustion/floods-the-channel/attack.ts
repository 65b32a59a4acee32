import { send } from '../../parts/channel.ts';
import { type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  for (;;) send(new Uint8Array(2 ** 16));
}
