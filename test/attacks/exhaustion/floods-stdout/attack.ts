import { attempt } from '../../parts/deed.ts';
import { builtin } from '../../parts/builtin.ts';
import type { Output } from '../../parts/elman.ts';

export function elmanSequence(): Output {
  const part = 'x'.repeat(65_536);
  for (;;) attempt(() => builtin('fs').writeSync(1, part)); // it throws as long as the pipe is full
}
