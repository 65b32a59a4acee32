import { cpus } from 'node:os';

import type { CheckRecord } from '../check/record.ts';
import type { DeviceClass, Exercise, Race, Threshold } from '../course/exercise.ts';
import { solutionPaths } from '../course/places.ts';
import type { DeviceReport } from '../device/device.ts';
import type { CheckRunner, OnProgress, OnRecord } from '../grade/run-checks.ts';
import { classOf } from '../race/race.ts';
import { median } from '../race/sign-test.ts';
import type { RaceRecord } from '../result.ts';
import { readModule, type ModuleText } from '../subject/module.ts';
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

/** Races the solutions, and their sequential passes in the parallel ones' place, and proposes the threshold in the geometric middle. */
export async function calibrateRaces(
  runner: Pick<CheckRunner, 'run'>,
  exercises: readonly Exercise[],
  device: DeviceReport,
  { races, date, onRecord, onProgress }: { races: number; date: string; onRecord?: OnRecord; onProgress?: OnProgress },
): Promise<Calibration[]> {
  const deviceClass = classOf(device);
  if (deviceClass === undefined) return [];
  const raced = exercises.filter((exercise): exercise is Exercise & { race: Race } => exercise.race !== undefined);
  const records: CheckRecord[] = [];
  for (let turn = 0; turn < races; turn++)
    for (const [id, module, speedup] of [
      ['parallel', solutionOf, 1],
      ['sequential', sequentialOf, margin],
    ] as const) {
      const modules = Object.fromEntries(raced.map((exercise) => [exercise.id, module(exercise)]));
      const plan = {
        device,
        seed: `calibrate-${turn}`,
        races: true,
        checks: ['race'],
        racing: { pictures: false },
        variants: [{ id, modules }],
      };
      const open = raced.map((exercise) => ({ ...exercise, race: { ...exercise.race, thresholds: { [deviceClass]: line(speedup) } } }));
      records.push(...(await runner.run(plan, open, onRecord, onProgress)).records);
    }
  return raced.map((exercise) => {
    const speedups = (variant: string) =>
      speedupsOf(records.filter((record) => record.exercise === exercise.id && record.variant === variant));
    const [parallel, sequential] = [speedups('parallel'), speedups('sequential')];
    const threshold = proposeThreshold(parallel, sequential);
    const from = `${date}, ${machine()}, ${device.name} ${device.version ?? ''} (${device.kind}), ${races} races each, medians: the kit's parallel pass ${list(parallel)} times, its sequential pass in the same place ${list(sequential)} times. The threshold is the geometric middle.`;
    return {
      exercise,
      deviceClass,
      parallel,
      sequential,
      threshold:
        threshold === undefined
          ? undefined
          : { speedup: threshold, share: exercise.race.thresholds[deviceClass]?.share ?? usualShare, from, provisional: false },
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

const line = (speedup: number): Threshold => ({ speedup, from: 'calibration', provisional: false });
const solutionOf = (exercise: Exercise): ModuleText => readModule(exercise.id, solutionPaths(exercise));
const sequentialOf = (exercise: Exercise & { race: Race }): ModuleText =>
  disguise(exercise, solutionOf(exercise), [`export const ${exercise.race.candidate} = original.${exercise.race.baseline};`]);
const speedupsOf = (records: readonly CheckRecord[]) =>
  records.flatMap(({ race }) => (race === undefined ? [] : [speedupOf(race)])).toSorted((a, b) => a - b);
const speedupOf = ({ ratios }: RaceRecord) => Number(median(ratios).toPrecision(3));
const list = (values: readonly number[]) => values.join(', ');

function machine(): string {
  const processors = cpus();
  return `${processors.length} cores of ${processors[0]?.model.trim() ?? 'an unknown processor'}`;
}
