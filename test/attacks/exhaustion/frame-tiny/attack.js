import { send, length } from '../../parts/channel.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  const header = Buffer.from('["n","1"]');
  const one = Buffer.concat([length(4 + header.length), length(header.length), header]);
  const many = Buffer.concat(Array.from({ length: 10000 }, () => one));
  for (let index = 0; index < 100; index++) send(many);
  return honest(input);
}
