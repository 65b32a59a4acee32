import type { Exercise } from '../course/exercise.ts';
import type { CheckRecord } from '../run/check-record.ts';
import type { Mutant } from './mutants.ts';

/** One row of the matrix: what stood in the learner's place, what every check said, and what is wrong with that. */
export interface ProofRow {
  readonly variant: string;
  /** By check id: passed, failed, or does not apply. */
  readonly marks: Readonly<Record<string, 'pass' | 'fail' | 'none'>>;
  readonly problems: readonly string[];
}

/** An exercise, and the spoiled solutions that its checks must notice. */
export interface PlannedExercise {
  readonly exercise: Exercise;
  readonly mutants: readonly Mutant[];
}

const clockCheck = 'race'; // needs a quiet machine and is proven by the submissions of test/submissions, not here

/** What every check said of one in the learner's place, and what is wrong with that. */
export function assessRow(plan: PlannedExercise, variant: string, records: readonly CheckRecord[]): ProofRow {
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

function problemsOf({ exercise, mutants }: PlannedExercise, variant: string, records: readonly CheckRecord[]): string[] {
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

/** What all rows together do not show: that every check kills, and that enough misconceptions are known. */
export function findGaps(exercise: Exercise, rows: readonly ProofRow[]): string[] {
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

/** Checks that the test asks in another order than exercise.yaml; some are made in a loop, so what ran is the only witness. */
export function findOrderFaults({ checks }: Exercise, records: readonly CheckRecord[]): string[] {
  const asked = [...new Set(records.map(({ check }) => check))];
  const listed = Object.keys(checks).filter((id) => asked.includes(id));
  const first = listed.findIndex((id, index) => id !== asked[index]);
  if (first === -1) return [];
  return [`the test asks ${asked[first]} where exercise.yaml has ${listed[first]}: put both into one order`];
}
