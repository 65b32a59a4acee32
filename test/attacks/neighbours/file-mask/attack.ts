import { honest, type Input, type Output } from '../../parts/elman.ts';

process.umask(0o777);

export const elmanSequence = (input: Input): Output => honest(input);
