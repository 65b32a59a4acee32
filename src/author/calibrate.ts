import { cpus } from 'node:os';

import type { CheckRecord } from '../run/check-record.ts';
import { type DeviceClass, type DeviceReport, classOf } from '../result/device.ts';
import type { Exercise, Race, Threshold } from '../course/exercise.ts';
import { makePlan, type Watch } from '../run/plan.ts';
import type { CheckRunner } from '../run/run-checks.ts';
import type { ModuleText } from '../compile/learner.ts';
import { readSolution } from '../run/exercise-module.ts';
import { disguise } from './mutants.ts';

/** What was measured of one race on one device, and the threshold that follows. */
export interface Calibration {
  readonly exercise: Exercise;
  readonly deviceClass: DeviceClass;
  /** Speed-ups over the kit's sequential pass, one for each race: of the kit's parallel pass, and of the sequential pass in its place. */
  readonly parallel: readonly number[];
  readonly sequential: readonly number[];
  /** Absent where no threshold would be honest. */
  readonly threshold: Threshold | undefined;
}

const margin = 1.5; // times by which the solution must beat a threshold, and a threshold the sequential pass: every noise model then decides in some twelve rounds
const usualShare = 0.4; // of the kit's own speed-up, where exercise.yaml names no other: most honest ways of writing the same pass were measured between 0.6 and 1.3 of it

export type Raced = Exercise & { readonly race: Race };
type Runner = Pick<CheckRunner, 'run'>;

/** Where to race: a device, and a seed for its inputs. */
export interface RaceMachine extends Watch {
  readonly device: DeviceReport;
  readonly deviceClass: DeviceClass;
  readonly seed: string;
}

export const racedOf = (exercises: readonly Exercise[]): Raced[] =>
  exercises.filter((exercise): exercise is Raced => exercise.race !== undefined);

/** One race of each exercise, the solution (or what `moduleOf` makes of it) against the kit's sequential pass, ended where it beats `speedup`. */
export async function raceSolutions(
  runner: Runner,
  raced: readonly Raced[],
  { device, deviceClass, seed, ...watch }: RaceMachine,
  { speedup, moduleOf = readSolution }: { speedup: number; moduleOf?: (exercise: Raced) => ModuleText },
): Promise<readonly CheckRecord[]> {
  const modules = Object.fromEntries(raced.map((exercise) => [exercise.id, moduleOf(exercise)]));
  const thresholds = { [deviceClass]: { speedup, from: 'calibration', provisional: false } };
  const open = raced.map((exercise) => ({ ...exercise, race: { ...exercise.race, thresholds } }));
  const plan = makePlan({ exercises: open, device, seed, checks: ['race'], strangers: false, racing: { timeAgainstLength: false } });
  return (await runner.run(plan, [{ id: 'calibration', modules }], watch)).records;
}

/** Races the solutions, and their sequential passes in the parallel ones' place, and proposes the threshold in the geometric middle. */
export async function calibrateRaces(
  runner: Runner,
  exercises: readonly Exercise[],
  device: DeviceReport,
  { races, date, ...watch }: Watch & { races: number; date: string },
): Promise<Calibration[]> {
  const deviceClass = classOf(device);
  if (deviceClass === undefined) return [];
  const raced = racedOf(exercises);
  const [honest, looped]: [CheckRecord[], CheckRecord[]] = [[], []];
  for (let turn = 0; turn < races; turn++) {
    const machine = { device, deviceClass, seed: `calibrate-${turn}`, ...watch };
    honest.push(...(await raceSolutions(runner, raced, machine, { speedup: 1 })));
    looped.push(...(await raceSolutions(runner, raced, machine, { speedup: margin, moduleOf: sequentialOf })));
  }
  return raced.map((exercise) => {
    const [parallel, sequential] = [honest, looped].map((records) => speedupsOf(records, exercise)) as [number[], number[]];
    const threshold = proposeThreshold(parallel, sequential);
    const from = `${date}, ${nameMachine()}, ${device.name} ${device.version ?? ''} (${device.kind}), ${races} races each, medians: the kit's parallel pass ${list(parallel)} times, its sequential pass in the same place ${list(sequential)} times. The threshold is the geometric middle.`;
    const share = exercise.race.thresholds[deviceClass]?.share ?? usualShare;
    return {
      exercise,
      deviceClass,
      parallel,
      sequential,
      threshold: threshold === undefined ? undefined : { speedup: threshold, share, from, provisional: false },
    };
  });
}

/** The geometric middle of the slowest parallel and the fastest sequential race, to two digits; absent where it is not far enough from either. */
export function proposeThreshold(parallel: readonly number[], sequential: readonly number[]): number | undefined {
  if (parallel.length === 0 || sequential.length === 0) return undefined;
  const [slowest, fastest] = [Math.min(...parallel), Math.max(...sequential)];
  const middle = Number(Math.sqrt(slowest * fastest).toPrecision(2));
  return middle > 1 && slowest / middle >= margin && middle / fastest >= margin ? middle : undefined;
}

const sequentialOf = (exercise: Raced): ModuleText =>
  disguise(readSolution(exercise), [`export const ${exercise.race.candidate} = original.${exercise.race.baseline};`]);
const speedupsOf = (records: readonly CheckRecord[], { id }: Exercise) =>
  records
    .flatMap(({ exercise, evidence: { race } }) => (race === undefined || exercise !== id ? [] : [Number(race.speedup.toPrecision(3))]))
    .toSorted((a, b) => a - b);
const list = (values: readonly number[]) => values.join(', ');

/** One line on what was measured. */
export function renderCalibration({ exercise, deviceClass, parallel, sequential, threshold }: Calibration): string {
  const verdict = threshold === undefined ? 'no honest threshold' : `threshold ${threshold.speedup}`;
  return `${exercise.id}, ${deviceClass}: parallel ${list(parallel)} times, sequential ${list(sequential)} times: ${verdict}`;
}

export function nameMachine(): string {
  const processors = cpus();
  return `${processors.length} cores of ${processors[0]?.model.trim() ?? 'an unknown processor'}`;
}
