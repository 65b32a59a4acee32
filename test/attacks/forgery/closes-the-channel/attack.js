import { channel } from '../../parts/channel.ts';
import { builtin } from '../../parts/builtin.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  builtin('fs').closeSync(channel);
  return honest(input);
}
