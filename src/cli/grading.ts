import { InvalidArgumentError, Option, type Command } from 'commander';

import { chooseExercises } from '../course/select.ts';
import { readCourse } from '../course/course.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { chooseDevice } from '../device/probe.ts';
import { makePlan, type RunPlan } from '../run/plan.ts';
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

/** What is graded, on what, and with which seed. */
export async function readGrading({ only = [], device, seed }: GradingOptions): Promise<RunPlan> {
  const exercises = chooseExercises(readCourse(), only);
  return makePlan({ exercises, device: await chooseDevice(device), ...(seed === undefined ? {} : { seed }) });
}
