import { InvalidArgumentError, Option, type Command } from 'commander';

import { chooseExercises } from '../course/select.ts';
import { readCourse } from '../course/course.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { chooseDevice } from '../device/probe.ts';
import { UserError } from '../errors.ts';
import type { Gradebook, Result } from '../result/result.ts';
import { makePlan, type RunPlan } from '../run/plan.ts';
import type { Seed } from '../run/seed.ts';
import { deriveEpochKey, drawEpoch } from '../seal/epoch.ts';
import { Sealer } from '../seal/seal.ts';
import type { Secret } from '../seal/secret.ts';
import { list } from './lists.ts';
import { readSecret, secretOption } from './secret.ts';

/** The options that `grade` and `cohort grade` share. */
export interface GradingOptions {
  readonly only?: string[];
  readonly device?: DeviceName;
  readonly seed?: string;
  readonly secret?: string;
  readonly epoch?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function withGradingOptions(command: Command): Command {
  return command
    .option('--only <ids>', 'these exercises alone, by number or id, separated by commas', list)
    .addOption(new Option('--device <name>', 'the device to grade on').choices(deviceNames))
    .option('--seed <seed>', 'seed of every drawn input; fresh where none is named', readSeed)
    .option(...secretOption)
    .option('--epoch <name>', 'draw the inputs from the secret and this name, such as 2026-w48')
    .option('--json', 'print one JSON value on stdout and nothing else there');
}

function readSeed(text: string): string {
  if (!/^[\w-]{1,64}$/.test(text)) throw new InvalidArgumentError('use up to 64 letters, digits, hyphens and underscores');
  return text;
}

/** What is graded, on what, from which inputs, and what becomes of the results. */
export interface Grading {
  readonly plan: RunPlan;
  /** Seals where a secret is there, and changes nothing elsewhere. */
  readonly seal: { result(result: Result): Result; gradebook(gradebook: Gradebook): Gradebook };
}

export async function readGrading(options: GradingOptions): Promise<Grading> {
  const secret = readSecret(options.secret); // first of all: the environment forgets it before any process is started
  const exercises = chooseExercises(readCourse(), options.only ?? []);
  const seed = chooseSeed(
    options,
    secret,
    exercises.map(({ id }) => id),
  );
  const plan = makePlan({ exercises, device: await chooseDevice(options.device), ...(seed === undefined ? {} : { seed }) });
  const sealer = secret === undefined ? undefined : new Sealer(secret);
  return {
    plan,
    seal: {
      result: (result) => sealer?.sealResult(result) ?? result,
      gradebook: (gradebook) => sealer?.sealGradebook(gradebook) ?? gradebook,
    },
  };
}

function chooseSeed({ seed, epoch }: GradingOptions, secret: Secret | undefined, exercises: readonly string[]): Seed | undefined {
  if (epoch === undefined) return seed;
  if (seed !== undefined) throw new UserError('`--seed` and `--epoch` both decide the inputs; name one of them');
  if (secret === undefined) throw new UserError('an epoch needs the secret that it is drawn from; name its file with `--secret FILE`');
  return drawEpoch(deriveEpochKey(secret, epoch), exercises);
}
