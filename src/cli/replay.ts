import { Command, Option } from 'commander';

import { readCourse } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { kitRoot } from '../course/places.ts';
import { versionOf } from '../course/version.ts';
import { chooseDevice } from '../device/probe.ts';
import { UserError } from '../errors.ts';
import { Grader } from '../grade/grade.ts';
import { renderCase } from '../report/terminal/case.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { makePlan } from '../run/plan.ts';
import { drawEpoch, opens, readEpochKey, type EpochKey } from '../seal/epoch.ts';
import { isOfVersion, readToken, type CaseToken } from '../seal/token.ts';
import { exiting } from './exit.ts';
import { openInertOutput, print, printJson } from './print.ts';

interface Options {
  readonly key: string;
  readonly device?: DeviceName;
  readonly json?: boolean;
}

export const replay = new Command('replay')
  .description('Repeat one failed check with the inputs that it had, once the key of its epoch is released.')
  .argument('<token>', 'the case, as the report shows it beside the failure')
  .argument('[dir]', 'the folder that holds your exercises', kitRoot)
  .requiredOption('--key <key>', 'the key of the epoch, from your instructor')
  .addOption(new Option('--device <name>', 'the device to run on').choices(deviceNames))
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async (text: string, folder: string, { key: keyText, device: name, json = false }: Options) => {
      const token = readToken(text);
      const key = readEpochKey(keyText, token.epoch);
      const exercise = findExercise(token, key);
      const device = await chooseDevice(name);
      const grader = new Grader({ output: openInertOutput() });
      try {
        const plan = makePlan({ exercises: [exercise], device, checks: [token.check], seed: drawEpoch(key, [exercise.id]) });
        const [graded] = (await grader.grade(folder, plan)).exercises;
        const [check] = graded?.checks ?? [];
        if (graded === undefined || check === undefined) throw new Error(`${text} left no result`);
        if (graded.state === 'absent') throw new UserError(`${folder} has no ${exercise.files[0]} of ${exercise.id}`);
        const found = { token: text, exercise: exercise.id, device: device.name, check };
        if (json) printJson(found);
        else print(renderCase(exercise.id, check, token.epoch, { colour: process.stdout.isTTY }));
        return check.outcome.status === 'pass' ? 0 : 1;
      } finally {
        await grader.close();
      }
    }),
  );

/** The exercise of a case, as it was when the case was graded. */
function findExercise(token: CaseToken, key: EpochKey): Exercise {
  const { number, check, epoch } = token;
  const exercise = readCourse().exercises.find(({ id }) => id.startsWith(`${number}-`));
  if (exercise === undefined) throw new UserError(`there is no exercise ${number} in this course`);
  if (!opens(key, token.commitment)) throw new UserError(`this key is not that of epoch ${epoch} in the cohort that the token comes from`);
  if (!isOfVersion(token, versionOf(exercise)))
    throw new UserError(`${exercise.id} was graded in another version of the course than this one, which would draw other inputs`);
  if (!Object.hasOwn(exercise.checks, check)) throw new UserError(`${exercise.id} has no check named ${check}`);
  return exercise;
}
