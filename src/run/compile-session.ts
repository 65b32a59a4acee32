import { compileDriver, compileModule, readModule, type LearnerModule, type ModuleText } from '../box/compile.ts';
import { describeIsolation } from '../box/isolation.ts';
import { limitsFor } from '../box/limits.ts';
import type { Exercise } from '../course/exercise.ts';
import { solutionPaths } from '../course/places.ts';
import { withProbes } from '../race/probes.ts';
import type { RunPlan, Variant } from './plan.ts';
import type { Session } from './session.ts';

/** Compiles and gathers everything that the process of the tests needs. */
export async function compileSession(plan: RunPlan, variants: readonly Variant[]): Promise<Session> {
  const { device, exercises, races, limits } = plan;
  return {
    mode: 'grade',
    plan,
    compiled: {
      variants: await Promise.all(variants.map(compileVariant)),
      referencePasses: races ? await compileReferencePasses(exercises) : {},
      box: {
        device: device.name,
        isolation: describeIsolation(),
        limits: { ...limitsFor(device.kind), ...limits },
        program: await compileDriver(),
      },
    },
  };
}

async function compileVariant(variant: Variant): Promise<Variant<LearnerModule>> {
  return variant === 'misconceptions' ? variant : { ...variant, modules: await compileAll(Object.entries(variant.modules)) };
}

function compileReferencePasses(exercises: readonly Exercise[]): Promise<Record<string, LearnerModule>> {
  const raced = exercises.filter(({ race }) => race !== undefined);
  return compileAll(raced.map((exercise) => [exercise.id, referenceModule(exercise)]));
}

/** The kit's own passes of an exercise, and the probes that tell what this device can do. */
function referenceModule(exercise: Exercise): ModuleText {
  const { key, entry, files } = readModule(`kit/${exercise.id}`, solutionPaths(exercise));
  return { key, entry: referenceEntry, files: { ...files, [referenceEntry]: withProbes(entry) } };
}

const referenceEntry = 'reference-passes.ts';

async function compileAll(modules: readonly (readonly [string, ModuleText])[]): Promise<Record<string, LearnerModule>> {
  return Object.fromEntries(await Promise.all(modules.map(async ([id, module]) => [id, await compileModule(module)] as const)));
}
