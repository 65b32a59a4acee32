import { InvalidArgumentError, Option, type Command } from 'commander';

import { chooseExercises, readCourse } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { deviceNames, type DeviceName, type DeviceReport } from '../device/device.ts';
import { chooseDevice } from '../device/probe.ts';
import { list } from './lists.ts';

/** The options that `grade` and `cohort grade` share. */
export interface GradingOptions {
  readonly only?: string[];
  readonly device?: DeviceName;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function withGradingOptions(command: Command): Command {
  return command
    .option('--only <ids>', 'these exercises alone, by number or id, separated by commas', list)
    .addOption(new Option('--device <name>', 'the device to grade on').choices(deviceNames))
    .option('--seed <seed>', 'seed of every drawn input; fresh where none is named', readSeed)
    .option('--json', 'print one JSON value on stdout and nothing else there');
}

function readSeed(text: string): string {
  if (!/^[\w-]{1,64}$/.test(text)) throw new InvalidArgumentError('use up to 64 letters, digits, hyphens and underscores');
  return text;
}

/** What is graded, and on what. */
export async function readGrading({
  only = [],
  device,
}: GradingOptions): Promise<{ exercises: readonly Exercise[]; device: DeviceReport }> {
  const course = readCourse();
  return { exercises: chooseExercises(course, only), device: await chooseDevice(device) };
}
