import type { CheckRecord } from '../run/check-record.ts';
import type { Exercise } from '../course/exercise.ts';
import type { DeviceReport } from '../result/device.ts';
import { makePlan, type Variant, type Watch } from '../run/plan.ts';
import type { CheckRunner } from '../run/run-checks.ts';
import type { ModuleText } from '../compile/learner.ts';
import { readSolution, readStub } from '../run/exercise-module.ts';
import { assessRow, findGaps, findOrderFaults, type PlannedExercise, type ProofRow } from './assessment.ts';
import { makeMutants } from './mutants.ts';

/** What is known of one exercise's checks after every variant was put through them. */
export interface ExerciseProof {
  readonly exercise: Exercise;
  readonly rows: readonly ProofRow[];
  readonly problems: readonly string[];
  /** What else it needs before it is finished; nothing where it says to be. */
  readonly todo: readonly string[];
  /** Largest error of the solution as a share of the error allowed. */
  readonly errorShare: number;
  /** Time of all its checks for all variants, milliseconds. */
  readonly durationMs: number;
}

export interface ProofOptions extends Watch {
  /** Cuts training short. */
  readonly reduced?: boolean;
}

/** Puts the stub, the solution, every misconception and every mutant through every check, and says what does not hold. */
export async function proveExercises(
  runner: Pick<CheckRunner, 'run'>,
  exercises: readonly Exercise[],
  device: DeviceReport,
  seed: string,
  { reduced = false, ...watch }: ProofOptions = {},
): Promise<ExerciseProof[]> {
  const planned = exercises.map((exercise) => ({ exercise, mutants: makeMutants(exercise, readSolution(exercise)) }));
  const plan = makePlan({ exercises, device, seed, strangers: false, races: false, reduced });
  const { records, errors } = await runner.run(plan, gather(planned), watch);
  return planned.map((one) =>
    proveExercise(
      one,
      records.filter(({ exercise }) => exercise === one.exercise.id),
      errors,
    ),
  );
}

function proveExercise(planned: PlannedExercise, records: readonly CheckRecord[], errors: readonly string[]): ExerciseProof {
  const { exercise, mutants } = planned;
  const variants = new Set([...plainVariants, ...mutants.map(({ id }) => id), ...records.map(({ variant }) => variant)]); // also those who left no record
  const rows = [...variants].map((variant) =>
    assessRow(
      planned,
      variant,
      records.filter((record) => record.variant === variant),
    ),
  );
  const said = (wanted: readonly ProofRow[]) =>
    wanted.flatMap(({ variant, problems }) => problems.map((problem) => `${variant}: ${problem}`));
  const [plain, spoiled] = [rows.slice(0, plainVariants.length), rows.slice(plainVariants.length)];
  const always = [...errors, ...findOrderFaults(exercise, records), ...said(plain)];
  const inTheEnd = [...said(spoiled), ...findGaps(exercise, rows)];
  const shares = records.filter(({ variant }) => variant === 'solution').map(({ evidence }) => evidence.errorShare ?? 0);
  return {
    exercise,
    rows,
    problems: exercise.unfinished ? always : [...always, ...inTheEnd],
    todo: exercise.unfinished ? inTheEnd : [],
    errorShare: Math.max(0, ...shares),
    durationMs: records.reduce((sum, { evidence }) => sum + evidence.durationMs, 0),
  };
}

const plainVariants = ['stub', 'solution'];

/** The variants of all exercises: one for each kind, holding that kind's module of each exercise. */
function gather(plans: readonly PlannedExercise[]): Variant[] {
  const byVariant = new Map<string, Record<string, ModuleText>>();
  const add = (id: string, exercise: string, module: ModuleText) =>
    byVariant.set(id, { ...byVariant.get(id), [exercise]: { ...module, key: `${id}/${exercise}` } });
  for (const { exercise } of plans) {
    add('stub', exercise.id, readStub(exercise));
    add('solution', exercise.id, readSolution(exercise));
  }
  const spoiled = plans.flatMap(({ exercise, mutants }) =>
    mutants.map(({ id, killer, module }) => ({ id, check: killer, modules: { [exercise.id]: module } })),
  );
  return [...[...byVariant].map(([id, modules]) => ({ id, modules })), ...spoiled, 'misconceptions'];
}
