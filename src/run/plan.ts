import { randomBytes } from 'node:crypto';

import type { ModuleText } from '../compile/learner.ts';
import type { Level } from '../box/levels.ts';
import type { Limits } from '../box/limits.ts';
import type { RunSettings } from '../check/setting.ts';
import type { Exercise } from '../course/exercise.ts';
import type { DeviceReport } from '../result/device.ts';
import type { CheckRecord } from './check-record.ts';
import type { Seed } from './seed.ts';

/** What one run of the checks is asked to do. */
export interface RunPlan extends RunSettings {
  readonly exercises: readonly Exercise[];
  readonly device: DeviceReport;
  /** Decides every drawn input; fresh where none is named, so that a seed cannot be learned by heart. */
  readonly seed: Seed;
  /** True where the learners' code is a stranger's: it is compiled behind the wall, and each exercise has a box of its own. */
  readonly strangers: boolean;
  /** Whether the kit's own passes are there to race against. */
  readonly races: boolean;
  /** Where only some checks are to be run, such as the race: their ids. */
  readonly checks?: readonly string[];
  /** Where boxes are to be less walled off than this machine could: a learner's own code is nobody's danger. */
  readonly level?: Level;
  /** Where a box is to be stricter or more patient than usual. */
  readonly limits: Partial<Limits>;
}

/** A plan with what a caller leaves out as usual. */
export function makePlan(wanted: Pick<RunPlan, 'exercises' | 'device'> & Partial<RunPlan>): RunPlan {
  return { seed: randomBytes(8).toString('hex'), races: true, strangers: true, reduced: false, racing: {}, limits: {}, ...wanted };
}

/** What stands in the learner's place in one run of the checks. */
export type Variant<Module = ModuleText> =
  /** A learner's files, by exercise, in the box; with `check` they are put through that one alone. */
  | { readonly id: string; readonly modules: Readonly<Record<string, Module>>; readonly check?: string }
  /** Each misconception of each exercise's oracle in turn; made by the tests themselves, which know the oracle. */
  | 'misconceptions';

/** What is told of a run while it goes on. */
export interface Watch {
  /** Called with each check as it ends. */
  readonly onRecord?: ((record: CheckRecord) => void) | undefined;
  /** Called now and then during a check that takes long, with how far it has come. */
  readonly onProgress?: ((text: string) => void) | undefined;
}
