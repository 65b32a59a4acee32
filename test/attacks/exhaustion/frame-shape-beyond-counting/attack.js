import { sendFrame } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  sendFrame(
    '["o",[["id",["n","2"]],["ok",["n","1"]],["value",["t","float32",[4294967295,4294967295,4294967295],16]]]]',
    new Uint8Array(16),
  );
  return honest(input);
}
