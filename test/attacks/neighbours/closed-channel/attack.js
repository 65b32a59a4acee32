import { builtin } from '../../parts/builtin.ts';
import { channel } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
builtin('fs').closeSync(channel);
export const elmanSequence = (input) => honest(input);
