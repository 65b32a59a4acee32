import { type Input, type Output } from '../../parts/elman.ts';

const escapes = [
  '\u001B]0;owned\u0007',
  '\u001B[2J\u001B[H',
  '\u001B]8;;https://example.org\u0007link\u001B]8;;\u0007',
  '\u009B31m',
  '\r\b\u0000',
].join('');

export function elmanSequence(_input: Input): Output {
  console.log(escapes);
  throw new Error(escapes);
}
