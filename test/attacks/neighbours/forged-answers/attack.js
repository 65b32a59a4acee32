import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
sendFrame('["o",[["id",["n","99"]],["ok",["n","1"]],["value",["n","0"]]]]');
export const elmanSequence = (input) => honest(input);
