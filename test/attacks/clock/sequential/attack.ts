import { linearRecurrenceSequential, type Input, type Output } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export const linearRecurrenceParallel = (input: Input): Output => linearRecurrenceSequential(input);
