import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
let calls = 0;
export async function linearRecurrenceParallel(input) {
  calls += 1;
  if (calls <= 4) await new Promise((resolve) => setTimeout(resolve, 300));
  return linearRecurrenceSequential(input);
}
