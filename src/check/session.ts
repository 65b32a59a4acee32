import { inject } from 'vitest';

import { kitRoot } from '../course/course.ts';
import type { DeviceReport } from '../device/device.ts';
import type { LearnerModule } from '../subject/boxed.ts';
import type { Limits } from '../subject/limits.ts';

/** What stands in the learner's place in one run of the tests. */
export type Variant =
  /** A learner's files, in the box. */
  | { readonly id: string; readonly kind: 'module'; readonly modules: Readonly<Record<string, LearnerModule>> }
  /** Each misconception of each exercise's oracle in turn; made by the tests themselves, who know the oracle. */
  | { readonly id: 'misconceptions'; readonly kind: 'misconceptions' };

/** What the judge tells the process that runs the tests. Nothing of it ever reaches the box. */
export interface Session {
  readonly mode: 'grade';
  readonly root: string;
  readonly device: DeviceReport;
  /** Decides every drawn input. */
  readonly seed: string;
  readonly variants: readonly Variant[];
  /** Where a box is to be stricter or more patient than usual. */
  readonly limits?: Partial<Limits>;
  /** False where the check of the clock is left out, such as in `course check`. */
  readonly races: boolean;
}

/** Learning: plain vitest in the learner's folder, with the learner's own module in the same process. */
export interface Lesson {
  readonly mode: 'learn';
  readonly root: string;
  readonly seed: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    unroll: Session;
  }
}

/** How this run was started: by the judge, or by a learner's own vitest. */
export function readSession(): Session | Lesson {
  const provided = inject('unroll') as Session | undefined;
  return provided ?? { mode: 'learn', root: kitRoot, seed: process.env['UNROLL_SEED'] ?? 'learning' };
}
