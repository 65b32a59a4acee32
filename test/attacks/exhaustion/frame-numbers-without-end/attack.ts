import { sendFrame } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  sendFrame(`["n","${'9'.repeat(1_000_000)}"]`);
  return honest(input);
}
