import type { DeviceReport } from '../result/device.ts';
import type { Exercise } from '../course/exercise.ts';
import type { CheckRunner } from '../run/run-checks.ts';
import { findFaults, findPlaceholders } from './faults.ts';
import { renderMatrix } from './matrix.ts';
import { proveExercises, type ExerciseProof, type ProofOptions } from './proof.ts';

/** What `course check` found on one device. */
export interface DeviceProof {
  readonly device: DeviceReport;
  readonly proofs: readonly ExerciseProof[];
}

/** Looks through the files of exercises and puts their checks to the proof on one device. */
export async function checkExercises(
  runner: Pick<CheckRunner, 'run'>,
  exercises: readonly Exercise[],
  device: DeviceReport,
  seed: string,
  options: ProofOptions = {},
): Promise<DeviceProof> {
  const proofs = await proveExercises(runner, exercises, device, seed, options);
  return { device, proofs: await Promise.all(proofs.map(withFaults)) };
}

async function withFaults(proof: ExerciseProof): Promise<ExerciseProof> {
  const { exercise, problems, todo } = proof;
  const [faults, placeholders] = [await findFaults(exercise), findPlaceholders(exercise)];
  const [now, later] = exercise.unfinished ? [faults, placeholders] : [[...faults, ...placeholders], []];
  return { ...proof, problems: [...now, ...problems], todo: [...later, ...todo] };
}

export const countProblems = (found: readonly DeviceProof[]): number =>
  found.flatMap(({ proofs }) => proofs.flatMap(({ problems }) => problems)).length;

/** The matrices of all exercises on one device. */
export function renderProof({ device, proofs }: DeviceProof): string {
  return [`${device.name} (${device.kind}): ${device.reason}`, ...proofs.map(renderMatrix)].join('\n\n');
}

/** One line on everything that was found. */
export function renderSummary(found: readonly DeviceProof[]): string {
  const proofs = found[0]?.proofs ?? []; // the same exercises on every device
  const misconceptions = proofs.flatMap(({ rows }) => rows.filter(({ variant }) => variant.startsWith('misconception:'))).length;
  const unfinished = proofs.filter(({ exercise }) => exercise.unfinished).map(({ exercise }) => exercise.id);
  const problems = countProblems(found);
  const verdict = problems > 0 ? `${problems} problems` : unfinished.length > 0 ? 'no problems' : 'all die and are named';
  const still = unfinished.length === 0 ? '' : `; unfinished: ${unfinished.join(', ')}`;
  return `${misconceptions} misconceptions in ${proofs.length} exercises on ${found.map(({ device }) => device.name).join(' and ')}: ${verdict}${still}`;
}

/** The same for programs. */
export function asJson(found: readonly DeviceProof[]) {
  return found.map(({ device, proofs }) => ({
    device: device.name,
    exercises: proofs.map(({ exercise, rows, problems, todo, errorShare }) => ({ id: exercise.id, rows, problems, todo, errorShare })),
  }));
}
