import { inject } from 'vitest';

import type { LearnerModule } from '../compile/learner.ts';
import type { BoxConfig } from '../box/launch.ts';
import type { RunPlan, Variant } from './plan.ts';

/** What the grader tells the process that runs the tests. Nothing of it reaches the box but the learner's own code. */
export interface Session {
  readonly mode: 'grade';
  readonly plan: RunPlan;
  readonly compiled: Compiled;
}

/** What a run needs besides its plan, made once so that the process of the tests can be light. */
export interface Compiled {
  readonly variants: readonly Variant<LearnerModule>[];
  /** The kit's own passes, by exercise, that learners' are raced against; an exercise without one is not raced in this run. */
  readonly referencePasses: Readonly<Record<string, LearnerModule>>;
  /** What every box of this run is started with. */
  readonly box: BoxConfig;
}

/**
 * Practising: a run that was begun before the learner saves. Its box is open and its tests are loaded when the module comes, over the channel of
 * this name (see awaited.ts).
 */
export interface PractiseSession extends Omit<Session, 'mode'> {
  readonly mode: 'practise';
  readonly channel: string;
}

/** Learning: plain vitest in the learner's folder, with the learner's own module in the same process. */
export interface LearnSession {
  readonly mode: 'learn';
  readonly plan: Pick<RunPlan, 'seed' | 'reduced' | 'racing'>;
}

export type AnySession = Session | PractiseSession | LearnSession;

declare module 'vitest' {
  interface ProvidedContext {
    unroll: Session | PractiseSession;
  }
}

/** How this run was started: by the grader, or by a learner's own vitest. */
export function readSession(): AnySession {
  const provided = inject('unroll') as Session | PractiseSession | undefined;
  const plan = { seed: process.env['UNROLL_SEED'] ?? 'learning', reduced: process.env['UNROLL_REDUCED'] === '1', racing: {} };
  return provided ?? { mode: 'learn', plan };
}
