import type { CheckRecord } from '../run/check-record.ts';
import type { Exercise } from '../course/exercise.ts';
import type { DeviceReport } from '../result/device.ts';
import { makePlan, type Variant, type Watch } from '../run/plan.ts';
import type { CheckRunner } from '../run/run-checks.ts';
import type { ModuleText } from '../box/compile.ts';
import { readSolution, readStub } from '../run/exercise-module.ts';
import { makeMutants, type Mutant } from './mutants.ts';

/** One row of the matrix: what stood in the learner's place, what every check said, and what is wrong with that. */
export interface ProofRow {
  readonly variant: string;
  /** By check id: passed, failed, or does not apply. */
  readonly marks: Readonly<Record<string, 'pass' | 'fail' | 'none'>>;
  readonly problems: readonly string[];
}

/** What is known of one exercise's checks after every variant was put through them. */
export interface ExerciseProof {
  readonly exercise: Exercise;
  readonly rows: readonly ProofRow[];
  readonly problems: readonly string[];
  /** Largest error of the solution as a share of the error allowed. */
  readonly errorShare: number;
  /** Time of all its checks for all variants, milliseconds. */
  readonly durationMs: number;
}

const clockCheck = 'race'; // needs a quiet machine and is proven by the submissions of test/submissions, not here

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
  const plans = exercises.map((exercise) => planExercise(exercise));
  const { records, errors } = await runner.run(makePlan({ exercises, device, seed, races: false, reduced }), gather(plans), watch);
  return plans.map((plan) => {
    const mine = records.filter((record) => record.exercise === plan.exercise.id);
    const variants = ['stub', 'solution', ...plan.mutants.map(({ id }) => id), ...mine.map(({ variant }) => variant)]; // also those who left no record
    const rows = [...new Set(variants)].map((variant) =>
      assessRow(
        plan,
        variant,
        mine.filter((record) => record.variant === variant),
      ),
    );
    const errorShare = Math.max(
      0,
      ...mine.filter(({ variant }) => variant === 'solution').map((record) => record.evidence.errorShare ?? 0),
    );
    return {
      exercise: plan.exercise,
      rows,
      errorShare,
      durationMs: mine.reduce((sum, record) => sum + record.evidence.durationMs, 0),
      problems: [
        ...errors,
        ...rows.flatMap(({ variant, problems }) => problems.map((problem) => `${variant}: ${problem}`)),
        ...wholeProblems(plan, rows),
      ],
    };
  });
}

interface Plan {
  readonly exercise: Exercise;
  readonly mutants: readonly Mutant[];
}

function planExercise(exercise: Exercise): Plan {
  return { exercise, mutants: makeMutants(exercise, readSolution(exercise)) };
}

/** The variants of all exercises: one for each kind, holding that kind's module of each exercise. */
function gather(plans: readonly Plan[]): Variant[] {
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

function assessRow(plan: Plan, variant: string, records: readonly CheckRecord[]): ProofRow {
  const marks = Object.fromEntries(
    records.map(
      ({ check, evidence: { outcome } }) =>
        [check, outcome.status === 'pass' ? 'pass' : outcome.status === 'fail' ? 'fail' : 'none'] as const,
    ),
  );
  const killer = plan.mutants.find(({ id }) => id === variant)?.killer;
  const absent = (killer === undefined ? Object.keys(plan.exercise.checks) : [killer]).filter((check) => !(check in marks));
  const ungraded = records.flatMap(({ check, evidence: { outcome } }) =>
    outcome.status === 'ungraded' ? [`${check} could not be graded: ${outcome.reason}`] : [],
  );
  return {
    variant,
    marks,
    problems: [...absent.map((check) => `${check} did not run`), ...ungraded, ...problemsOf(plan, variant, records)],
  };
}

function problemsOf({ exercise, mutants }: Plan, variant: string, records: readonly CheckRecord[]): string[] {
  const failed = records.flatMap(({ check, evidence: { outcome } }) => (outcome.status === 'fail' ? [{ check, ...outcome }] : []));
  if (variant === 'solution' || (variant === 'stub' && exercise.solved))
    return [
      ...failed.map(({ check, message }) => `fails ${check}: ${message}`),
      ...records.flatMap(({ check, evidence: { outcome } }) =>
        check !== clockCheck && outcome.status === 'not-measured' ? [`does not pass ${check}: ${outcome.reason}`] : [],
      ),
    ];
  if (variant === 'stub')
    return records
      .filter(({ evidence: { outcome } }) => outcome.status === 'pass' || (outcome.status === 'fail' && outcome.cause !== 'unfinished'))
      .map(({ check, evidence: { outcome } }) =>
        outcome.status === 'pass' ? `passes ${check}` : `fails ${check} for another reason than being unwritten`,
      );
  const killer = mutants.find(({ id }) => id === variant)?.killer;
  if (killer !== undefined) return failed.some(({ check }) => check === killer) ? [] : [`survives ${killer}, which exists to notice it`];
  const id = variant.replace('misconception:', '');
  const wronglyNamed = failed
    .filter(({ misconception }) => misconception !== undefined && misconception !== id)
    .map(({ check, misconception }) => `${check} calls it ${misconception}`);
  const named = failed.some(({ misconception }) => misconception === id);
  return failed.length === 0
    ? ['survives every check']
    : [...wronglyNamed, ...(named ? [] : [`dies by ${failed[0]?.check} but is never named`])];
}

function wholeProblems({ exercise }: Plan, rows: readonly ProofRow[]): string[] {
  const killers = rows.filter(({ variant }) => variant !== 'stub' && variant !== 'solution');
  const idle = Object.keys(exercise.checks).filter(
    (check) => check !== clockCheck && !killers.some(({ marks }) => marks[check] === 'fail'),
  );
  const misconceptions = killers.filter(({ variant }) => variant.startsWith('misconception:')).length;
  return [
    ...idle.map((check) => `${check} kills nothing: no misconception or mutant fails it`),
    ...(misconceptions < 3 ? [`has ${misconceptions} misconceptions; at least 3 are needed`] : []),
  ];
}
