import { performance } from 'node:perf_hooks';

import { readCourse } from '../course/course.ts';
import { messageOf, UserError } from '../errors.ts';
import type { Reading } from './course-trial.ts';

// A process of its own that reads one course and says how that went.

const folder = process.argv[2] as string;
const peak = () => process.resourceUsage().maxRSS * 1024; // bytes
const before = peak();
const start = performance.now();
const told = (ended: Reading['ended'], message: string) =>
  process.send?.({ ended, message, durationMs: performance.now() - start, memoryBytes: peak() - before } satisfies Reading);
try {
  readCourse(folder);
  told('honest', '');
} catch (error) {
  told(error instanceof UserError ? 'refused' : 'threw', messageOf(error));
}
