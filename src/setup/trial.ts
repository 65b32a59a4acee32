import { z } from 'zod';

import { UserError } from '../errors.ts';
import { askChild } from '../device/child.ts';

const answerShape = z.union([z.object({ version: z.string(), kind: z.enum(['gpu', 'cpu']) }), z.object({ error: z.string() })]);

/** Loads an addon in a process of its own and multiplies a matrix: a library that crashes is found out before anything depends on it. */
export async function tryAddon(addon: string): Promise<{ version: string; kind: 'gpu' | 'cpu' }> {
  const timeLimit = 120_000; // ms: takes 1 s; the first start of CUDA on a slow disk takes most of a minute
  const outcome = await askChild(new URL('./trial-child.ts', import.meta.url), [addon], timeLimit, { ...process.env, LD_BIND_NOW: '1' }); // all symbols at once: a missing one shows now and not in a lesson
  const answer = 'died' in outcome ? { error: `the process that tried it ${outcome.died}` } : answerShape.parse(outcome.message);
  if ('error' in answer) throw new UserError(`The TensorFlow library was built but does not run: ${answer.error}`);
  return answer;
}
