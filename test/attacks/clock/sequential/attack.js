import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export const linearRecurrenceParallel = (input) => linearRecurrenceSequential(input);
