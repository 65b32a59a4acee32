import { CompilerWall } from '../box/compiler-wall.ts';
import type { Level } from '../box/levels.ts';
import { compileModule, type LearnerModule, type ModuleText } from '../compile/learner.ts';
import { compileProgram } from '../compile/program.ts';
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
  const [level, program] = await Promise.all([plan.level ?? describeIsolation().then(({ level }) => level), compileProgram(device.name)]);
  const [compiled, referencePasses] = await Promise.all([
    compileVariants(variants, plan, level),
    races ? compileReferencePasses(exercises) : {},
  ]);
  return {
    mode: 'grade',
    plan,
    compiled: {
      variants: compiled,
      referencePasses,
      box: {
        device: device.name,
        level,
        limits: { ...limitsFor(device.kind), ...limits },
        program,
      },
    },
  };
}

async function compileVariants(
  variants: readonly Variant[],
  { exercises, strangers }: RunPlan,
  level: Level,
): Promise<Variant<LearnerModule>[]> {
  const wall = strangers ? new CompilerWall(level) : undefined;
  const compile = (module: ModuleText) => (wall === undefined ? compileModule(module) : wall.compile(module));
  const compileOne = async (variant: Variant): Promise<Variant<LearnerModule>> =>
    variant === 'misconceptions'
      ? variant
      : { ...variant, modules: await compileEach(exercises, ({ id }) => variant.modules[id], compile) };
  try {
    return await Promise.all(variants.map(compileOne));
  } finally {
    await wall?.close();
  }
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
  compile = compileModule,
): Promise<Record<string, LearnerModule>> {
  const compiled = exercises.flatMap((exercise) => {
    const module = moduleOf(exercise);
    return module === undefined ? [] : [compileExercise(exercise, module, compile).then((code) => [exercise.id, code] as const)];
  });
  return Object.fromEntries(await Promise.all(compiled));
}
