import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  sendFrame(`["n","${'9'.repeat(1000000)}"]`);
  return honest(input);
}
