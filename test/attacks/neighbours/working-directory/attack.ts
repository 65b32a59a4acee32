import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

const { mkdirSync, rmdirSync } = builtin('fs');
mkdirSync('/tmp/unroll-attack-here', { recursive: true });
process.chdir('/tmp/unroll-attack-here');
rmdirSync('/tmp/unroll-attack-here');

export const elmanSequence = (input: Input): Output => honest(input);
