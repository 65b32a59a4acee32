// Threads that spin take the machine from the box of the next exercise, which is started meanwhile, and from the kit's own.
import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

const { Worker } = builtin('worker_threads');
for (let thread = 0; thread < 60; thread++) new Worker('for (;;);', { eval: true });

export const elmanSequence = (input: Input): Output => honest(input);
