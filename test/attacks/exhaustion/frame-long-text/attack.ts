import { sendFrame } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  sendFrame(`["o",[["id",["n","2"]],["ok",["n","0"]],["cause",["s","threw"]],["message",["s","${'x'.repeat(200_000_000)}"]]]]`);
  return honest(input);
}
