import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
const frozen = Date.now();
Date.now = () => frozen;
performance.now = () => 0;
process.hrtime.bigint = () => 0n;
export const linearRecurrenceParallel = (input) => linearRecurrenceSequential(input);
