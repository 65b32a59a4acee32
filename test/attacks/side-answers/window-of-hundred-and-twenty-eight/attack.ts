import { scanOfLast, type Input } from '../../parts/scan.ts';

export { linearRecurrenceSequential } from '../../parts/scan.ts';

export const linearRecurrenceParallel = (input: Input) => scanOfLast(input, 128); // steps: what lies further back has faded, as it hopes
