import { sendFrame } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  sendFrame(
    '["o",[["id",["n","2"]],["ok",["n","1"]],["value",["t","float32",[4294967295,4294967295,4294967295],16]]]]',
    new Uint8Array(16),
  );
  return honest(input);
}
