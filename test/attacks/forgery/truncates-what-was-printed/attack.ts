import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

export function elmanSequence(input: Input): Output {
  console.log('x'.repeat(1000));
  attemptToCut();
  return honest(input);
}

function attemptToCut(): void {
  try {
    builtin('fs').ftruncateSync(1, 0);
  } catch {
    return; // it is no file
  }
}
