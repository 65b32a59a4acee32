import type { RaceResult, Round } from '../../src/result/race.ts';
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

type SampleRace = Partial<Omit<RaceResult, 'rounds'>> & {
  /** One a round: the kit's parallel pass over the learner's. */
  readonly shares?: readonly number[];
};

/** A race of rounds with these ratios, two samples of each pass in every one. Unless told otherwise, its interval reaches over all rounds. */
export function makeRace(ratios: number[], { verdict = 'faster', interval, shares = [], ...rest }: SampleRace = {}): RaceResult {
  const sorted = ratios.toSorted((a, b) => a - b);
  const speedup = sorted[Math.floor(sorted.length / 2)] ?? 1;
  const common = {
    threshold: 2,
    error: 0.01,
    speedup,
    baselineMs: 479.2,
    candidateMs: 479.2 / speedup,
    sizes: { B: 4, T: 512, H: 128 },
    baseline: 'elmanSequential',
    candidate: 'hoistedParallel',
    ...rest,
    rounds: ratios.map((ratio, round) => makeRound(ratio, shares[round])),
  };
  if (verdict === 'cannot-tell') return { ...common, verdict, ...(interval === undefined ? {} : { interval }) };
  const decided = { ...common, interval: interval ?? { low: sorted[0] ?? 1, high: sorted.at(-1) ?? 1 } };
  return verdict === 'implausible' ? { ...decided, verdict, reason: 'it took 0.1 ms' } : { ...decided, verdict };
}

function makeRound(ratio: number, share: number | undefined): Round {
  const both = (milliseconds: number) => [milliseconds, milliseconds];
  const reference = share === undefined ? {} : { share, referenceMs: both((479.2 / ratio) * share) };
  return { ratio, ...reference, baselineMs: both(479.2), candidateMs: both(479.2 / ratio) };
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
    schema: 'unroll/result/v2',
    kit: { version: '0.1.0' },
    submission: { name, sha256: '9c1d'.repeat(16) },
    seed: 'autumn-2026-epoch-3',
    startedAt: '2026-11-22T10:32:00Z',
    durationMs: 74_300,
    machine: { cpu: 'AMD EPYC 7B13', cores: 2, memoryBytes: 8 * 2 ** 30, os: 'Debian 12, Linux 6.1', node: '20.20.0' },
    device: { name: 'tensorflow', kind: 'cpu', version: '2.21.0', reason: 'libtensorflow found; no NVIDIA GPU on this machine' },
    isolation: { level: 'namespace', reason: 'user namespaces are available' },
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
  return { schema: 'unroll/gradebook/v2', kit, startedAt, durationMs: 1_312_000, seed, device, isolation, students };
}
