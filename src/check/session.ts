import { inject } from 'vitest';

import type { Exercise } from '../course/exercise.ts';
import type { DeviceReport } from '../device/device.ts';
import type { RaceRecord } from '../result.ts';
import type { BoxOutfit } from '../subject/launch.ts';
import type { LearnerModule } from '../subject/module.ts';

/** What stands in the learner's place in one run of the tests. */
export type Variant =
  /** A learner's files, in the box; with `check` they sit that one alone. */
  | { readonly id: string; readonly kind: 'module'; readonly modules: Readonly<Record<string, LearnerModule>>; readonly check?: string }
  /** Each misconception of each exercise's oracle in turn; made by the tests themselves, who know the oracle. */
  | { readonly id: 'misconceptions'; readonly kind: 'misconceptions' };

/** What the judge tells the process that runs the tests. Nothing of it reaches the box but the learner's own code. */
export interface Session {
  readonly mode: 'grade';
  readonly device: DeviceReport;
  /** Decides every drawn input. */
  readonly seed: string;
  /** By id. */
  readonly exercises: Readonly<Record<string, Exercise>>;
  readonly variants: readonly Variant[];
  /** What every box of this run is started with. */
  readonly outfit: BoxOutfit;
  /** The kit's own passes, by exercise, that learners' are raced against; without one an exercise is not raced in this run. */
  readonly rivals: Readonly<Record<string, LearnerModule>>;
  /** True where training is to be cut short: enough to see that it works, too little to order models by it. */
  readonly reduced: boolean;
  /** Where only some checks are to be run, such as the race: their ids. */
  readonly checks?: readonly string[];
  readonly racing?: SessionRacing;
}

/** How the races of a run are judged, where not as usual. */
export interface SessionRacing {
  readonly error?: number;
  /** Earlier races that could not tell, by exercise. */
  readonly before?: Readonly<Record<string, RaceRecord>>;
  /** False where nobody looks at time against length. */
  readonly pictures?: boolean;
}

/** Learning: plain vitest in the learner's folder, with the learner's own module in the same process. */
export interface Lesson {
  readonly mode: 'learn';
  readonly seed: string;
  readonly reduced: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    unroll: Session;
  }
}

/** How this run was started: by the judge, or by a learner's own vitest. */
export function readSession(): Session | Lesson {
  const provided = inject('unroll') as Session | undefined;
  return (
    provided ?? {
      mode: 'learn',
      seed: process.env['UNROLL_SEED'] ?? 'learning',
      reduced: process.env['UNROLL_REDUCED'] === '1',
    }
  );
}
