import { sendFrame } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  sendFrame(`["o",[${Array.from({ length: 2 ** 21 }, (_, index) => `["name ${index}",["n","1"]]`).join()}]]`);
  return honest(input);
}
