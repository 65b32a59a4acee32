import type { Session, SessionRacing, Variant } from '../check/session.ts';
import type { Exercise } from '../course/exercise.ts';
import { solutionPaths } from '../course/places.ts';
import type { DeviceReport } from '../device/device.ts';
import { withYardsticks } from '../race/rival.ts';
import { bundleBoxProgram } from '../subject/bundle.ts';
import { describeIsolation } from '../subject/isolation.ts';
import { limitsFor, type Limits } from '../subject/limits.ts';
import { compileModule, readModule, type LearnerModule, type ModuleText } from '../subject/module.ts';

/** Who stands in the learner's place, with their files still as text. */
export type TextVariant =
  | { readonly id: string; readonly modules: Readonly<Record<string, ModuleText>>; readonly check?: string }
  | 'misconceptions';

/** What one run of the checks is asked to do. */
export interface CheckPlan {
  readonly device: DeviceReport;
  readonly seed: string;
  readonly variants: readonly TextVariant[];
  readonly races: boolean;
  readonly checks?: readonly string[];
  readonly racing?: SessionRacing;
  /** Cuts training short. */
  readonly reduced?: boolean;
  /** Where a box is to be stricter or more patient than usual. */
  readonly limits?: Partial<Limits>;
}

/** Compiles and gathers everything that the process of the tests needs, so that it can be light. */
export async function prepareSession(
  { device, seed, variants, races, limits, reduced = false, checks, racing }: CheckPlan,
  exercises: readonly Exercise[],
): Promise<Session> {
  return {
    mode: 'grade',
    device,
    seed,
    exercises: Object.fromEntries(exercises.map((exercise) => [exercise.id, exercise])),
    variants: await Promise.all(variants.map(compileVariant)),
    outfit: {
      device: device.name,
      isolation: describeIsolation(),
      limits: { ...limitsFor(device.kind), ...limits },
      program: await bundleBoxProgram(),
    },
    rivals: races ? await compileRivals(exercises) : {},
    reduced,
    ...(checks === undefined ? {} : { checks }),
    ...(racing === undefined ? {} : { racing }),
  };
}

async function compileVariant(variant: TextVariant): Promise<Variant> {
  if (variant === 'misconceptions') return { id: 'misconceptions', kind: 'misconceptions' };
  const { id, check, modules } = variant;
  return { id, kind: 'module', modules: await compileAll(Object.entries(modules)), ...(check === undefined ? {} : { check }) };
}

function compileRivals(exercises: readonly Exercise[]): Promise<Record<string, LearnerModule>> {
  const raced = exercises.filter(({ race }) => race !== undefined);
  return compileAll(raced.map((exercise) => [exercise.id, withYardsticks(readModule(`kit/${exercise.id}`, solutionPaths(exercise)))]));
}

async function compileAll(modules: readonly (readonly [string, ModuleText])[]): Promise<Record<string, LearnerModule>> {
  return Object.fromEntries(await Promise.all(modules.map(async ([id, module]) => [id, await compileModule(module)] as const)));
}
