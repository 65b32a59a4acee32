import { compileDriver, type LearnerModule, type ModuleText } from '../box/compile.ts';
import { describeIsolation } from '../box/isolation.ts';
import { limitsFor } from '../box/limits.ts';
import type { Exercise } from '../course/exercise.ts';
import { withProbes } from '../race/probes.ts';
import { compileExercise, readSolution } from './exercise-module.ts';
import type { RunPlan, Variant } from './plan.ts';
import type { Session } from './session.ts';

/** Compiles and gathers everything that the process of the tests needs. */
export async function compileSession(plan: RunPlan, variants: readonly Variant[]): Promise<Session> {
  const { device, exercises, races, limits } = plan;
  return {
    mode: 'grade',
    plan,
    compiled: {
      variants: await Promise.all(variants.map((variant) => compileVariant(variant, exercises))),
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

async function compileVariant(variant: Variant, exercises: readonly Exercise[]): Promise<Variant<LearnerModule>> {
  return variant === 'misconceptions' ? variant : { ...variant, modules: await compileEach(exercises, ({ id }) => variant.modules[id]) };
}

function compileReferencePasses(exercises: readonly Exercise[]): Promise<Record<string, LearnerModule>> {
  return compileEach(exercises, (exercise) => (exercise.race === undefined ? undefined : referenceModule(exercise)));
}

/** The kit's own passes of an exercise, and the probes that tell what this device can do. */
function referenceModule(exercise: Exercise): ModuleText {
  const { key, entry, files } = readSolution(exercise);
  return { key: `kit/${key}`, entry: referenceEntry, files: { ...files, [referenceEntry]: withProbes(entry) } };
}

const referenceEntry = 'reference-passes.ts';

/** One module of each exercise that has one, by its id. */
async function compileEach(
  exercises: readonly Exercise[],
  moduleOf: (exercise: Exercise) => ModuleText | undefined,
): Promise<Record<string, LearnerModule>> {
  const compiled = exercises.flatMap((exercise) => {
    const module = moduleOf(exercise);
    return module === undefined ? [] : [compileExercise(exercise, module).then((code) => [exercise.id, code] as const)];
  });
  return Object.fromEntries(await Promise.all(compiled));
}
