import type { RaceResult } from '../../src/result/race.ts';
import type { Outcome } from '../../src/result/evidence.ts';
import type { CheckResult, ExerciseResult, Gradebook, Result, Tally } from '../../src/result/result.ts';

/** Results as a real class would give them, for the tests of this room. Nothing here is drawn by chance. */

export function makeCheck(
  id: string,
  title: string,
  points: number,
  outcome: Outcome = { status: 'pass' },
  rest: Partial<CheckResult> = {},
): CheckResult {
  return { id, title, points, outcome, durationMs: 40, ...rest };
}

export function makeRace(ratios: number[], rest: Partial<RaceResult> = {}): RaceResult {
  const sorted = ratios.toSorted((a, b) => a - b);
  const speedup = sorted[Math.floor(sorted.length / 2)] ?? 1;
  const sizes = { B: 4, T: 512, H: 128 };
  return {
    verdict: 'faster',
    threshold: 2,
    ratios,
    speedup,
    baselineMs: 479.2,
    candidateMs: 479.2 / speedup,
    sizes,
    baseline: 'elmanSequential',
    candidate: 'hoistedParallel',
    ...rest,
  };
}

export function makeExercise(
  id: string,
  title: string,
  unit: string,
  checks: CheckResult[],
  rest: Partial<ExerciseResult> = {},
): ExerciseResult {
  const failed = checks.some(({ outcome }) => outcome.status === 'fail');
  const file = { path: `exercises/${id}/${id.slice(3)}.ts`, sha256: 'a3f1'.repeat(16) };
  return { id, title, unit, state: failed ? 'failed' : 'passed', points: tallyChecks(checks), checks, printed: '', files: [file], ...rest };
}

export function makeAbsent(id: string, title: string, unit: string, possible: number): ExerciseResult {
  return { id, title, unit, state: 'absent', points: { earned: 0, measured: possible, possible }, checks: [], printed: '', files: [] };
}

export function tallyChecks(checks: readonly CheckResult[]): Tally {
  const sum = (some: readonly CheckResult[]) => some.reduce((total, { points }) => total + points, 0);
  const decided = checks.filter(({ outcome }) => outcome.status === 'pass' || outcome.status === 'fail');
  return { earned: sum(checks.filter(({ outcome }) => outcome.status === 'pass')), measured: sum(decided), possible: sum(checks) };
}

export function makeResult(name: string, exercises: ExerciseResult[], rest: Partial<Result> = {}): Result {
  const sum = (part: keyof Tally) => exercises.reduce((total, { points }) => total + points[part], 0);
  return {
    schema: 'unroll/result/v1',
    kit: { version: '0.1.0' },
    submission: { name, sha256: '9c1d'.repeat(16) },
    seed: 'autumn-2026-epoch-3',
    startedAt: '2026-11-22T10:32:00Z',
    durationMs: 74_300,
    machine: { cpu: 'AMD EPYC 7B13', cores: 2, memoryBytes: 8 * 2 ** 30, os: 'Debian 12, Linux 6.1', node: '20.20.0' },
    device: { name: 'tensorflow', kind: 'cpu', version: '2.21.0', reason: 'libtensorflow found; no NVIDIA GPU on this machine' },
    isolation: { level: 'bubblewrap', reason: 'user namespaces are available' },
    points: { earned: sum('earned'), measured: sum('measured'), possible: sum('possible') },
    exercises,
    notes: [],
    ...rest,
  };
}

export type SampleStudent = Gradebook['students'][number];

export function makeStudent(result: Result, folder = result.submission.name): SampleStudent {
  return { name: result.submission.name, folder, outcome: { status: 'graded', points: result.points, result } };
}

export function makeGradebook(students: SampleStudent[]): Gradebook {
  const { kit, startedAt, seed, device, isolation } = makeResult('nobody', []);
  return { schema: 'unroll/gradebook/v1', kit, startedAt, durationMs: 1_312_000, seed, device, isolation, students };
}
