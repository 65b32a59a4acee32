import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

const { openSync } = builtin('fs');
let opened = 0;
try {
  for (;;) opened = openSync('/dev/null', 'r');
} catch {
  console.log(`no more after ${opened}`);
}

export const elmanSequence = (input: Input): Output => honest(input);
