import { send, length } from '../../parts/channel.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  const header = Buffer.from('["n","1"]');
  const one = Buffer.concat([length(4 + header.length), length(header.length), header]);
  const many = Buffer.concat(Array.from({ length: 10_000 }, () => one));
  for (let index = 0; index < 100; index++) send(many);
  return honest(input);
}
