import { InvalidArgumentError, Option, type Command } from 'commander';

import { chooseExercises } from '../course/select.ts';
import { isLab, type Exercise } from '../course/exercise.ts';
import { readCourse } from '../course/course.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { chooseDevice } from '../device/probe.ts';
import { UserError } from '../errors.ts';
import type { Gradebook, Result } from '../result/result.ts';
import { makePlan, type RunPlan } from '../run/plan.ts';
import type { Seed } from '../run/seed.ts';
import { deriveEpochKey, drawEpoch } from '../seal/epoch.ts';
import { Envelope } from '../seal/envelope.ts';
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
  readonly races: boolean;
  readonly quick?: boolean;
  readonly jobs?: number;
}

export function withGradingOptions(command: Command): Command {
  return command
    .option('--only <ids>', 'these exercises alone, by number or id, separated by commas', list)
    .addOption(new Option('--device <name>', 'the device to grade on').choices(deviceNames))
    .option('--seed <seed>', 'seed of every drawn input; fresh where none is named', readSeed)
    .option(...secretOption)
    .option('--epoch <name>', 'draw the inputs from the secret and this name, such as 2026-w48')
    .option('--no-races', 'time nothing: races are set aside')
    .option('--quick', 'no races and no labs, the exercises that take minutes')
    .option('--jobs <count>', 'how many checks may run at once; as many as processors and memory allow where nothing is said', readCount)
    .option('--json', 'print one JSON value on stdout and nothing else there');
}

export function readCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('name a number from 1 to 99');
  return Number(text);
}

function readSeed(text: string): string {
  if (!/^[\w-]{1,64}$/.test(text)) throw new InvalidArgumentError('use up to 64 letters, digits, hyphens and underscores');
  return text;
}

/** What is graded, on what, from which inputs, and what becomes of the results. */
export interface Grading {
  readonly plan: RunPlan;
  readonly sealer: Sealer | undefined;
  /** What goes to workers and back is closed with it, where there is a secret. */
  readonly envelope: Envelope | undefined;
  /** Seals where a secret is there, and changes nothing elsewhere. */
  readonly seal: { result(result: Result): Result; gradebook(gradebook: Gradebook): Gradebook };
}

/** `usualSeed` gives the seed where no option decides the inputs; without it they are drawn afresh. */
export async function readGrading(options: GradingOptions, usualSeed?: () => Promise<string>): Promise<Grading> {
  const secret = readSecret(options.secret); // first of all: the environment forgets it before any process is started
  const exercises = leaveOutLabs(chooseExercises(readCourse(), options.only ?? []), options);
  const ids = exercises.map(({ id }) => id);
  const seed = chooseSeed(options, secret, ids) ?? (await usualSeed?.());
  const races = options.races && options.quick !== true;
  const plan = makePlan({ exercises, device: await chooseDevice(options.device), races, ...(seed === undefined ? {} : { seed }) });
  const sealer = secret === undefined ? undefined : new Sealer(secret);
  return {
    plan,
    sealer,
    envelope: secret === undefined ? undefined : Envelope.of(secret),
    seal: {
      result: (result) => sealer?.sealResult(result) ?? result,
      gradebook: (gradebook) => sealer?.sealGradebook(gradebook) ?? gradebook,
    },
  };
}

function leaveOutLabs(exercises: readonly Exercise[], { quick }: GradingOptions): readonly Exercise[] {
  if (quick !== true) return exercises;
  const quickOnes = exercises.filter((exercise) => !isLab(exercise));
  if (quickOnes.length === 0) throw new UserError('these exercises are all labs, which `--quick` leaves out; grade them without it');
  return quickOnes;
}

/** What a result should say of what it leaves out; nothing where it leaves out nothing. */
export function noteLeftOut({ races, quick }: GradingOptions): string[] {
  if (quick === true) return ['Graded with --quick: races and labs were left out.'];
  return races ? [] : ['Graded with --no-races: nothing was timed.'];
}

function chooseSeed({ seed, epoch }: GradingOptions, secret: Secret | undefined, exercises: readonly string[]): Seed | undefined {
  if (epoch === undefined) return seed;
  if (seed !== undefined) throw new UserError('`--seed` and `--epoch` both decide the inputs; name one of them');
  if (secret === undefined) throw new UserError('an epoch needs the secret that it is drawn from; name its file with `--secret FILE`');
  return drawEpoch(deriveEpochKey(secret, epoch), exercises);
}
