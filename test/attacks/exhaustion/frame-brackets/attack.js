import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  sendFrame('['.repeat(20000000));
  return honest(input);
}
