import { send } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  const many = new Uint8Array(4 * 2 ** 16);
  for (let index = 0; index < 32; index++) send(many);
  return honest(input);
}
