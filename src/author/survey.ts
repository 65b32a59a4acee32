import type { CheckRecord } from '../run/check-record.ts';
import type { Exercise } from '../course/exercise.ts';
import { classOf, describeDevice, type DeviceReport } from '../result/device.ts';
import type { Outcome } from '../result/evidence.ts';
import { readSolution } from '../run/exercise-module.ts';
import { makePlan, type Watch } from '../run/plan.ts';
import type { CheckRunner } from '../run/run-checks.ts';
import { kitVersion } from '../version.ts';
import { calibrateRaces, nameMachine, raceSolutions, racedOf, type Raced, type RaceMachine } from './calibrate.ts';

/** Everything that is worth measuring where a device is at hand; plain JSON, to be carried home. */
export interface Survey {
  readonly schema: 'unroll/survey/v1';
  readonly kit: string;
  readonly date: string;
  readonly machine: string;
  readonly device: Pick<DeviceReport, 'name' | 'kind' | 'version' | 'reason'>;
  /** The solutions against all checks but the races. */
  readonly correctness: {
    readonly passed: number;
    readonly others: readonly { readonly exercise: string; readonly check: string; readonly outcome: Outcome }[];
  };
  /** Largest error of each solution as a share of the error allowed on this device: what its tolerance must bear. */
  readonly errorShares: Readonly<Record<string, number>>;
  /** The kit's parallel pass against its sequential one, at the raced length and at others; empty on devices that are never timed. */
  readonly races: readonly SurveyedRace[];
  /** Thresholds that follow, by exercise: speed-ups of the parallel pass, of the sequential pass in its place, and the geometric middle. */
  readonly thresholds: Readonly<
    Record<string, { readonly parallel: readonly number[]; readonly sequential: readonly number[]; readonly threshold: number | null }>
  >;
  /** Errors outside of any check. */
  readonly errors: readonly string[];
}

/** Times in milliseconds, medians of one call; or the reason why there is no race at these sizes. */
export type SurveyedRace = { readonly exercise: string; readonly sizes: Raced['race']['sizes'] } & (
  | {
      readonly sequentialMs: number;
      readonly parallelMs: number;
      readonly speedup: number;
      readonly interval: readonly [number, number] | null;
      readonly rounds: number;
    }
  | { readonly reason: string }
);

export interface SurveyOptions extends Watch {
  /** Lengths of the sequence to race at besides the exercise's own. */
  readonly lengths: readonly number[];
  /** Races for each threshold. */
  readonly races: number;
  readonly date: string;
}

/** Measures the solutions on a device: are they right, how near to the tolerance, how fast at which length, and which thresholds follow. */
export async function surveyDevice(
  runner: Pick<CheckRunner, 'run'>,
  exercises: readonly Exercise[],
  device: DeviceReport,
  { lengths, races, date, ...watch }: SurveyOptions,
): Promise<Survey> {
  const modules = Object.fromEntries(exercises.map((exercise) => [exercise.id, readSolution(exercise)]));
  const plan = makePlan({ exercises, device, seed: 'survey', strangers: false, races: false });
  const { records, errors } = await runner.run(plan, [{ id: 'solution', modules }], watch);
  const applicable = records.filter(({ applies }) => applies);
  const deviceClass = classOf(device);
  return {
    schema: 'unroll/survey/v1',
    kit: kitVersion,
    date,
    machine: nameMachine(),
    device: describeDevice(device),
    correctness: {
      passed: applicable.filter(({ evidence }) => evidence.outcome.status === 'pass').length,
      others: applicable
        .filter(({ evidence }) => evidence.outcome.status !== 'pass')
        .map(({ exercise, check, evidence: { outcome } }) => ({ exercise, check, outcome })),
    },
    errorShares: Object.fromEntries(exercises.map(({ id }) => [id, largestShare(records.filter(({ exercise }) => exercise === id))])),
    races:
      deviceClass === undefined ? [] : await raceAtLengths(runner, exercises, { device, deviceClass, seed: 'survey', ...watch }, lengths),
    thresholds: Object.fromEntries(
      (await calibrateRaces(runner, exercises, device, { races, date, ...watch })).map(({ exercise, parallel, sequential, threshold }) => [
        exercise.id,
        { parallel, sequential, threshold: threshold?.speedup ?? null },
      ]),
    ),
    errors,
  };
}

const largestShare = (records: readonly CheckRecord[]) => Math.max(0, ...records.map(({ evidence: { errorShare = 0 } }) => errorShare));

async function raceAtLengths(
  runner: Pick<CheckRunner, 'run'>,
  exercises: readonly Exercise[],
  machine: RaceMachine,
  lengths: readonly number[],
): Promise<SurveyedRace[]> {
  const found: SurveyedRace[] = [];
  for (const length of [undefined, ...lengths]) {
    const raced = racedOf(exercises).flatMap((exercise) => atLength(exercise, length));
    const records = raced.length === 0 ? [] : await raceSolutions(runner, raced, machine, { speedup: 1 });
    found.push(
      ...raced.map(({ id, race }) =>
        describeRace(
          id,
          race.sizes,
          records.find(({ exercise }) => exercise === id),
        ),
      ),
    );
  }
  return found.toSorted((a, b) => a.exercise.localeCompare(b.exercise) || (a.sizes['T'] ?? 0) - (b.sizes['T'] ?? 0));
}

/** The exercise raced at another length; nothing where its sizes name none, or name this one anyway. */
function atLength(exercise: Raced, length: number | undefined): Raced[] {
  if (length === undefined) return [exercise];
  const { sizes } = exercise.race;
  if (sizes['T'] === undefined || sizes['T'] === length) return [];
  return [{ ...exercise, race: { ...exercise.race, sizes: { ...sizes, T: length } } }];
}

function describeRace(exercise: string, sizes: Raced['race']['sizes'], record: CheckRecord | undefined): SurveyedRace {
  if (record?.evidence.race === undefined) return { exercise, sizes, reason: reasonOf(record?.evidence.outcome) };
  const { baselineMs, candidateMs, speedup, interval, rounds } = record.evidence.race;
  return {
    exercise,
    sizes,
    sequentialMs: baselineMs,
    parallelMs: candidateMs,
    speedup,
    interval: interval === undefined ? null : [interval.low, interval.high],
    rounds: rounds.length,
  };
}

function reasonOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'the grader has no record of it';
  return 'reason' in outcome ? outcome.reason : 'message' in outcome ? outcome.message : outcome.status;
}
