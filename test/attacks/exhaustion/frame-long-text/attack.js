import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  sendFrame(`["o",[["id",["n","2"]],["ok",["n","0"]],["cause",["s","threw"]],["message",["s","${'x'.repeat(200000000)}"]]]]`);
  return honest(input);
}
