import { z } from 'zod';

import { askChild } from '../device/child.ts';
import type { Attack } from './attack.ts';
import { mostMemoryBytes } from './growth.ts';
import type { Trial } from './trial.ts';

const timeLimit = 20_000; // ms: a hang; what it may take is `mostMs`
const mostMs = 2000; // of reading one course: the largest hostile file may not take longer

const readingSchema = z.object({
  ended: z.enum(['honest', 'refused', 'threw']),
  message: z.string(),
  durationMs: z.number(),
  memoryBytes: z.number(),
});
export type Reading = z.infer<typeof readingSchema>;

/** Reads a course in a process of its own. It is refused in one sentence that names file and line, or read, and either soon. */
export async function loadCourse(attack: Attack, folder: string): Promise<Trial> {
  const outcome = await askChild(new URL('./read-course.ts', import.meta.url), [folder], timeLimit);
  if ('died' in outcome) return { ended: 'no answer', problems: [`the reader ${outcome.died}`] };
  const { ended, message, durationMs, memoryBytes } = readingSchema.parse(outcome.message);
  const expected = attack.expect['all'] ?? [];
  const problems = [
    ...(expected.some((end) => end === ended) ? [] : [`${ended} instead of ${expected.join(' or ')}: ${message.slice(0, 200)}`]),
    ...(ended === 'refused' && !/\.(yaml|md|ts)\b/.test(message) ? [`no file is named: ${message.slice(0, 200)}`] : []),
    ...(attack.says !== undefined && !message.includes(attack.says) ? [`nothing says ${attack.says}: ${message.slice(0, 200)}`] : []),
    ...(durationMs > mostMs ? [`reading took ${(durationMs / 1000).toFixed(1)} s`] : []),
    ...(memoryBytes > mostMemoryBytes ? [`the reader's memory grew by ${Math.round(memoryBytes / 2 ** 20)} MiB`] : []),
  ];
  return { ended, problems, growth: { memoryBytes, diskBytes: 0 } };
}
